package io.mcpguard.spring.mvc;

import java.io.InputStream;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.util.ClassUtils;

/** Tells bodies of bytes from bodies of JSON. */
final class BinaryTypes {

    /** By name, since not every one of them is on every class path. */
    private static final Set<String> STREAMS = Set.of(
            "org.springframework.core.io.Resource",
            "org.springframework.core.io.support.ResourceRegion",
            "org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody",
            "org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter");

    private BinaryTypes() {}

    static boolean isBinary(Class<?> type) {
        return type == byte[].class
                || InputStream.class.isAssignableFrom(type)
                || STREAMS.contains(type.getName())
                || ClassUtils.getAllInterfacesForClassAsSet(type).stream()
                        .anyMatch(implemented -> STREAMS.contains(implemented.getName()))
                || (type.getSuperclass() != null
                        && type.getSuperclass() != Object.class
                        && isBinary(type.getSuperclass()));
    }

    static boolean isJson(MediaType type) {
        return type.includes(MediaType.APPLICATION_JSON) || type.getSubtype().endsWith("+json");
    }
}
