package io.mcpguard.loopback;

import io.mcpguard.core.inner.InnerThreads;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** An HTTP client that does nothing of its own accord: no cookies, redirects, retries, logins, proxies or extra headers. */
final class LoopbackClient {

    private static final int MAX_CONNECTIONS = 64;

    /** Below the idle time of every server in use: Jetty closes after 30 seconds, Tomcat after 20 to 60. */
    private static final TimeValue IDLE = TimeValue.ofSeconds(4);

    private LoopbackClient() {}

    static CloseableHttpAsyncClient start(SSLContext trusted) {
        CloseableHttpAsyncClient client = HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(MAX_CONNECTIONS)
                        .setMaxConnPerRoute(MAX_CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.ofSeconds(5))
                                .setValidateAfterInactivity(TimeValue.ofMilliseconds(250))
                                .setTimeToLive(TimeValue.ofSeconds(30))
                                .build())
                        .setTlsStrategy(ClientTlsStrategyBuilder.create()
                                .setSslContext(trusted)
                                .setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT)
                                // The pinned certificate is the check: see OwnPorts.
                                .setHostnameVerifier(NoopHostnameVerifier.INSTANCE)
                                .buildAsync())
                        .setDefaultTlsConfig(TlsConfig.custom()
                                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                                .build())
                        .build())
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(2)
                        .setTcpNoDelay(true)
                        .build())
                .setThreadFactory(InnerThreads.named("mcp-guard-loopback"))
                // Header bytes above 127 survive the way back (RFC 9110 section 5.5 calls them opaque).
                .setCharCodingConfig(CharCodingConfig.custom()
                        .setCharset(StandardCharsets.ISO_8859_1)
                        .setMalformedInputAction(CodingErrorAction.REPLACE)
                        .setUnmappableInputAction(CodingErrorAction.REPLACE)
                        .build())
                .setKeepAliveStrategy((response, context) -> IDLE)
                .evictIdleConnections(IDLE)
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableConnectionState()
                .disableCookieManagement()
                .disableRedirectHandling()
                .build();
        client.start();
        return client;
    }
}
