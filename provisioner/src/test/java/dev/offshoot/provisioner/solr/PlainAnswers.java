package dev.offshoot.provisioner.solr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

import com.sun.net.httpserver.HttpServer;

/** A server that answers everything with the status that the path begins with. */
record PlainAnswers(HttpServer server) implements AutoCloseable {
  static PlainAnswers open() {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> {
        int status = Integer.parseInt(exchange.getRequestURI().getPath().split("/", 3)[1]);
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
      });
      server.start();
      return new PlainAnswers(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url(int status) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + status;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
