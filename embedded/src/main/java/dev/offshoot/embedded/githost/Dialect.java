package dev.offshoot.embedded.githost;

/** How one host's API looks. */
sealed interface Dialect permits AzureDialect, BitbucketCloudDialect, BitbucketDataCenterDialect, GiteaDialect, GitHubDialect, GitLabDialect {

  /** Below which path the API begins. */
  String base();

  /** What {@code Authorization} holds of who has this token. */
  String authorization(String token);

  /** @param account whose token came with it */
  Reply answer(Call call, String account, Forge forge);

  /** To whom it does not know. */
  default Reply unknown() {
    return Reply.refused(401, "Bad credentials");
  }
}
