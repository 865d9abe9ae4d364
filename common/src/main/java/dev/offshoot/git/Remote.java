package dev.offshoot.git;

import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

import dev.offshoot.config.RepositoryUrl;

/**
 * A repository's address as JGit is given it: without password or token, since JGit writes addresses into its
 * exceptions. They reach the server through a {@link CredentialsProvider}.
 *
 * @param shown without any user, for messages
 */
record Remote(URIish uri, Optional<CredentialsProvider> login, String shown) {

  /** @throws IllegalArgumentException when it is no address, with a message that does not show it */
  static Remote of(String url) {
    RepositoryUrl accepted = new RepositoryUrl(url);
    URIish uri = parsed(url);
    Optional<CredentialsProvider> login = Optional.ofNullable(uri.getUser())
        .map(user -> new UsernamePasswordCredentialsProvider(user, Optional.ofNullable(uri.getPass()).orElse("")));
    // for ssh, the user is who to log in as, and only a password needs the provider
    boolean loginName = !"https".equals(uri.getScheme());
    URIish bare = loginName ? uri.setPass(null) : uri.setPass(null).setUser(null);
    return new Remote(bare, loginName && uri.getPass() == null ? Optional.empty() : login, accepted.toString());
  }

  private static URIish parsed(String url) {
    try {
      return new URIish(url);
    } catch (URISyntaxException _) { // its message has the url in full
      throw new IllegalArgumentException(
          "A repository's url must be a git URL, for example https://git.example.org/shop.git");
    }
  }

  void logIn(Transport transport) {
    login.ifPresent(transport::setCredentialsProvider);
  }

  /** What is left of a message of JGit when the address, and its parts, are taken out. */
  String withoutAddress(String message) {
    String rest = message;
    for (String part : parts()) {
      rest = rest.replace(part, "");
    }
    return rest;
  }

  /** The message with the address as it may be shown. */
  String showable(String message) {
    String text = message.replace(uri.toString(), shown);
    return Optional.ofNullable(uri.getUser()).map(user -> text.replace(user + "@", "")).orElse(text);
  }

  /** The longest first, since a part is in the whole. */
  private List<String> parts() {
    return Stream.of(uri.toString(), shown, uri.getRawPath(), uri.getPath(), uri.getHost())
        .flatMap(Stream::ofNullable)
        .filter(part -> part.length() > 1)
        .toList();
  }
}
