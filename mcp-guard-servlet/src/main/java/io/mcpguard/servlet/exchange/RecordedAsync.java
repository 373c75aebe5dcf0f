package io.mcpguard.servlet.exchange;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An asynchronous exchange whose outcome is on record before it completes. */
final class RecordedAsync implements AsyncContext {

    private static final Logger LOG = LoggerFactory.getLogger(RecordedAsync.class);

    private final AsyncContext target;
    private final RecordedResponse response;

    private RecordedAsync(AsyncContext target, RecordedResponse response) {
        this.target = target;
        this.response = response;
    }

    static RecordedAsync watching(AsyncContext target, RecordedResponse response) {
        RecordedAsync recorded = new RecordedAsync(target, response);
        target.addListener(recorded.new Last());
        return recorded;
    }

    private void finish() {
        try {
            response.finish();
        } catch (IOException e) {
            LOG.debug("The caller went away before its answer", e);
        }
    }

    @Override
    public void complete() {
        finish();
        target.complete();
    }

    @Override
    public void addListener(AsyncListener listener) {
        target.addListener(new Passed(listener));
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse given) {
        target.addListener(new Passed(listener), request, given);
    }

    @Override
    public ServletRequest getRequest() {
        return target.getRequest();
    }

    @Override
    public ServletResponse getResponse() {
        return target.getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return target.hasOriginalRequestAndResponse();
    }

    @Override
    public void dispatch() {
        target.dispatch();
    }

    @Override
    public void dispatch(String path) {
        target.dispatch(path);
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        target.dispatch(context, path);
    }

    @Override
    public void start(Runnable run) {
        target.start(run);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return target.createListener(type);
    }

    @Override
    public void setTimeout(long timeout) {
        target.setTimeout(timeout);
    }

    @Override
    public long getTimeout() {
        return target.getTimeout();
    }

    /** Catches an exchange that the container itself has ended, such as after a timeout nobody handled. */
    private final class Last implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            finish();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // The service's own listeners decide what comes of it.
        }

        @Override
        public void onError(AsyncEvent event) {
            // The service's own listeners decide what comes of it.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }

    /** A listener of the service: an event must not hand it the container's own context, past the record. */
    private final class Passed implements AsyncListener {

        private final AsyncListener listener;

        Passed(AsyncListener listener) {
            this.listener = listener;
        }

        private AsyncEvent own(AsyncEvent event) {
            return new AsyncEvent(
                    RecordedAsync.this, event.getSuppliedRequest(), event.getSuppliedResponse(), event.getThrowable());
        }

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            listener.onComplete(own(event));
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            listener.onTimeout(own(event));
        }

        @Override
        public void onError(AsyncEvent event) throws IOException {
            listener.onError(own(event));
        }

        @Override
        public void onStartAsync(AsyncEvent event) throws IOException {
            listener.onStartAsync(own(event));
        }
    }
}
