package dev.offshoot.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Properties;
import javax.servlet.DispatcherType;

import org.apache.solr.core.CoreContainer;
import org.apache.solr.servlet.CoreContainerProvider;
import org.apache.solr.servlet.SolrDispatchFilter;
import org.eclipse.jetty.rewrite.handler.RewriteHandler;
import org.eclipse.jetty.rewrite.handler.RewritePatternRule;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.DefaultServlet;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The web server around Solr, wired as Solr's own start scripts do it, on 127.0.0.1 and HTTP/1.1 only. */
final class SolrJetty {
  private static final int MAX_HEADER_BYTES = 32 << 10;

  private SolrJetty() {
  }

  static Server of(SolrHome home, int port) {
    var threads = new QueuedThreadPool(64, 4);
    threads.setName("solr-http");
    threads.setDaemon(true);
    var server = new Server(threads);
    server.addConnector(connector(server, port));
    server.setHandler(rewritten(context(home)));
    return server;
  }

  private static ServerConnector connector(Server server, int port) {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    return connector;
  }

  private static ServletContextHandler context(SolrHome home) {
    var context = new ServletContextHandler(null, "/solr", ServletContextHandler.NO_SESSIONS);
    context.setAttribute(SolrDispatchFilter.SOLRHOME_ATTRIBUTE, home.directory().toString());
    context.setAttribute(SolrDispatchFilter.PROPERTIES_ATTRIBUTE, home.nodeProperties());
    context.addEventListener(new WithItsCores());
    context.addFilter(SolrDispatchFilter.class, "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addServlet(DefaultServlet.class, "/");
    return context;
  }

  /** The V2 API lives under {@code /api}, beside the context. */
  private static RewriteHandler rewritten(ServletContextHandler context) {
    var rewrite = new RewriteHandler();
    rewrite.setRewriteRequestURI(true);
    rewrite.setRewritePathInfo(false);
    rewrite.addRule(new RewritePatternRule("/api/*", "/solr/____v2"));
    rewrite.setHandler(context);
    return rewrite;
  }

  /** Solr answers before its cores are there, and says of those that there are none: with this one, it starts when all are. */
  private static final class WithItsCores extends CoreContainerProvider {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    protected CoreContainer createCoreContainer(Path solrHome, Properties properties) {
      CoreContainer cores = super.createCoreContainer(solrHome, properties);
      cores.waitForLoadingCoresToFinish(PATIENCE.toMillis());
      return cores;
    }
  }
}
