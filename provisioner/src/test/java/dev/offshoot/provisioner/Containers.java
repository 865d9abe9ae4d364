package dev.offshoot.provisioner;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.exception.NotFoundException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * Servers of official images; which ones says the profile {@code containers} of provisioner's pom. Without an engine, or where it does not
 * have the image yet, the test is skipped and says so.
 */
public final class Containers {
  private Containers() {}

  /** @param technology as in the property {@code containers.postgres} */
  public static GenericContainer<?> of(String technology) {
    String image = System.getProperty("containers." + technology, "");
    assumeTrue(!image.isEmpty(), "skipped: containers." + technology + " names no image");
    assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "skipped: no container engine answers");
    assumeTrue(isHere(image), "skipped: docker pull " + image);
    return new GenericContainer<>(image);
  }

  private static boolean isHere(String image) {
    try {
      return DockerClientFactory.instance().client().inspectImageCmd(image).exec().getId() != null;
    } catch (NotFoundException notYet) {
      return false;
    }
  }
}
