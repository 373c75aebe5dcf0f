package io.mcpguard.servlet.testbed;

import io.mcpguard.servlet.reentry.Container;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/** A container that a test starts. Used once. */
public interface TestContainer {

    /** Threads that a container has for requests unless a test says otherwise. */
    int THREADS = 10;

    /** Starts it on a free port of the machine itself. */
    int start(Deployment deployment, int threads) throws Exception;

    /** Has each request served on a virtual thread; said before the start, and needs JDK 21. */
    TestContainer onVirtualThreads();

    /** What a port that speaks TLS asks of its clients. */
    enum ClientCertificates {
        NONE,
        WANTED,
        NEEDED
    }

    /** Opens another port, which speaks TLS. */
    int addTls(TestKeys keys, ClientCertificates asked) throws Exception;

    /** Finds its way of re-entry from a request, as a filter sees it. */
    Optional<Container> reentry(HttpServletRequest request);

    /** Lines such as {@code GET /path 200}, one for each request that the container has logged. */
    List<String> accessLog();

    /** How many requests the container's own counter has counted. */
    long requestCount();

    void stop() throws Exception;
}
