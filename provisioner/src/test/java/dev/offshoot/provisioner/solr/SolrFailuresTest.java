package dev.offshoot.provisioner.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.client.solrj.impl.BaseHttpSolrClient.RemoteSolrException;
import org.apache.solr.client.solrj.impl.HttpJdkSolrClient;
import org.apache.solr.client.solrj.request.GenericSolrRequest;
import org.apache.solr.common.SolrException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.offshoot.worker.Failure;

class SolrFailuresTest {
  private static Failure.Kind kind(Exception cause) {
    return SolrFailures.of("answer", cause).kind();
  }

  @ParameterizedTest
  @CsvSource({"200, UNAVAILABLE", "400, INVALID", "401, DENIED", "403, DENIED", "404, INVALID", "409, BUSY", "429, BUSY", "500, UNAVAILABLE",
      "502, UNAVAILABLE", "503, BUSY", "507, EXHAUSTED"})
  void whatCanBeDoneFollowsFromTheStatus(int status, Failure.Kind kind) {
    assertThat(kind(new RemoteSolrException("http://127.0.0.1", status, "said so", new EOFException()))).isEqualTo(kind);
  }

  @Test
  void whereTheClientSaysNothingTheFailureDoes() {
    assertThat(SolrFailures.of("answer", new ConnectException())).hasMessageContaining("nothing listens there");
  }

  /** By the real client, which decides what is thrown. */
  @Test
  void anAnswerThatBreaksOffHalfWayMayComeWholeTheNextTime() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        HttpJdkSolrClient client = new HttpJdkSolrClient.Builder("http://127.0.0.1:" + server.getLocalPort() + "/solr").useHttp1_1(true).build()) {
      Thread.ofVirtual().start(() -> breakOff(server));
      try {
        client.request(new GenericSolrRequest(METHOD.GET, "/admin/cores"));
        throw new AssertionError("half an answer was taken for a whole one");
      } catch (SolrException | SolrServerException | IOException cut) {
        assertThat(kind(cut)).isEqualTo(Failure.Kind.UNAVAILABLE);
      }
    }
  }

  private static void breakOff(ServerSocket server) {
    try (Socket connection = server.accept(); InputStream in = connection.getInputStream(); OutputStream out = connection.getOutputStream()) {
      var _ = in.read(new byte[8_192]);
      out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\n"
          + "\u0002half").getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      return;
    }
  }
}
