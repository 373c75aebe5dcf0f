package io.mcpguard.benchmarks;

import io.mcpguard.core.inner.InnerCalls;
import io.mcpguard.invocation.CallOrigin;
import io.mcpguard.invocation.OperationCall;
import io.mcpguard.invocation.OperationInvoker;
import io.mcpguard.invocation.OperationResult;
import io.mcpguard.loopback.LoopbackInvoker;
import io.mcpguard.servlet.reentry.ReentryInvoker;
import io.mcpguard.servlet.tomcat.TomcatContainer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to carry one call into the container and its answer back, without guard and records. */
@NullUnmarked // JMH fills the fields, in its own time.
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Invokers {

    private static final String LOOPBACK = "127.0.0.1";
    private static final byte[] BODY = "{\"message\":\"hello world\"}".getBytes(StandardCharsets.UTF_8);

    /** Which invoker. */
    @Param({"loopback", "re-entry"})
    public String invoker;

    private final InnerCalls<HttpServletRequest> calls =
            new InnerCalls<>(InstantSource.system(), new SecureRandom(), 1000);
    private final Tomcat tomcat = new Tomcat();
    private OperationInvoker carrying;
    private CallOrigin origin;

    /** Claims the nonce, as the guard's first filter does. */
    private static final class Claim implements Filter {

        private final InnerCalls<HttpServletRequest> calls;

        Claim(InnerCalls<HttpServletRequest> calls) {
            this.calls = calls;
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (calls.claim(((HttpServletRequest) request).getHeader(InnerCalls.HEADER))
                    .isEmpty()) {
                throw new ServletException("nobody called");
            }
            chain.doFilter(request, response);
        }
    }

    /** Starts a Tomcat with one servlet behind one filter. */
    @Setup
    public void start() throws IOException, LifecycleException {
        Path folder = Files.createTempDirectory("mcp-guard-invokers");
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", LOOPBACK);
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        Context context = tomcat.addContext("", folder.toString());
        context.addServletContainerInitializer(
                (classes, application) -> {
                    application.addFilter("claim", new Claim(calls)).addMappingForUrlPatterns(null, false, "/*");
                    application.addServlet("echo", new EchoApi()).addMapping(EchoApi.PATH);
                },
                null);
        tomcat.start();
        int port = tomcat.getConnector().getLocalPort();
        origin = new CallOrigin(LOOPBACK, 4711, "http", false, "localhost", port, LOOPBACK, port, List.of());
        carrying = invoker.equals("loopback")
                ? new LoopbackInvoker(calls, 256)
                : new ReentryInvoker(calls, new TomcatContainer(tomcat.getService()), 8, 256);
    }

    /** Stops it. */
    @TearDown
    public void stop() throws LifecycleException {
        carrying.close();
        tomcat.stop();
    }

    /** One call, there and back. */
    @Benchmark
    public OperationResult call() {
        OperationResult result = carrying.invoke(OperationCall.builder(UUID.randomUUID(), "POST", EchoApi.PATH, origin)
                        .header("Content-Type", "application/json")
                        .body(BODY)
                        .build())
                .toCompletableFuture()
                .join();
        if (result.status() != 200) {
            throw new IllegalStateException("answered with " + result.status());
        }
        return result;
    }
}
