package com.example.orders.guard;

import io.mcpguard.servlet.exchange.DecidedCallAttribute;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Stands right before the controllers and notes what reaches them, apart from the guard and its journal. */
@Component
class Arrivals implements WebMvcConfigurer, HandlerInterceptor {

    private final AtomicInteger count = new AtomicInteger();
    private final @Nullable FileChannel file;

    Arrivals(@Value("${orders.test.arrivals:}") String file) throws IOException {
        this.file = file.isEmpty()
                ? null
                : FileChannel.open(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    int count() {
        return count.get();
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            count.incrementAndGet();
            if (file != null) {
                String call = DecidedCallAttribute.of(request)
                        .map(decided -> decided.callId().toString())
                        .orElse("none");
                // One write to the operating system, which keeps it whatever becomes of this process.
                file.write(ByteBuffer.wrap((call + "\n").getBytes(StandardCharsets.US_ASCII)));
            }
        }
        return true;
    }
}
