package io.mcpguard.jaxrs.resource;

import com.fasterxml.classmate.ResolvedType;
import io.mcpguard.catalog.RequestBody;
import io.mcpguard.catalog.Schema;
import io.mcpguard.jaxrs.resource.ArgumentReader.Argument;
import io.mcpguard.schema.BodySchemas;
import io.mcpguard.schema.KotlinArgument;
import io.mcpguard.schema.Validation;
import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the argument that is the body of a request: the one that no annotation of JAX-RS names. */
final class BodyReader {

    private static final Set<String> FORMS = Set.of(
            "jakarta.ws.rs.core.Form", "jakarta.ws.rs.core.MultivaluedMap", "jakarta.ws.rs.core.MultivaluedHashMap");

    private final BodySchemas bodies;

    BodyReader(BodySchemas bodies) {
        this.bodies = bodies;
    }

    /** Reads the body, or says what stands against it. */
    void read(Argument argument, MediaTypes consumes, Validation validation, Inputs inputs) {
        ResolvedType type = Values.unwrapped(argument.type());
        Class<?> raw = type.getErasedType();
        boolean required = raw == argument.type().getErasedType() && !isNullable(argument);
        if (consumes.anyOf("multipart/")) {
            inputs.refuse("takes a file upload, which cannot be an operation yet; take @McpOperation off it");
        } else if (FORMS.contains(raw.getName())) {
            inputs.refuse("takes a form as its body, of which no field is known; take its fields as @FormParam");
        } else if (isBinary(raw)) {
            inputs.refuse("takes a binary body, which cannot be an operation yet; take @McpOperation off it");
        } else if (raw == String.class) {
            inputs.body(text(consumes, required));
        } else {
            Optional<String> json = consumes.isEmpty() ? Optional.of("application/json") : consumes.json();
            if (json.isEmpty()) {
                inputs.refuse("takes its body as " + consumes.stated()
                        + ", and only JSON, forms and text can be sent; add" + " application/json to @Consumes");
                return;
            }
            inputs.body(new RequestBody(required, json.get(), schema(type, validation)));
        }
    }

    private static RequestBody text(MediaTypes consumes, boolean required) {
        Optional<String> json = consumes.json().filter(type -> !consumes.anyOf("text/") && !consumes.anyOf("*/"));
        return json.isPresent()
                ? new RequestBody(required, json.get(), Schema.ANY)
                : new RequestBody(
                        required,
                        consumes.stated().stream()
                                .filter(type -> type.startsWith("text/") && type.indexOf('*') < 0)
                                .findFirst()
                                .orElse("text/plain"),
                        Schema.STRING);
    }

    private Schema schema(ResolvedType type, Validation validation) {
        return Trees.schemaOf(type.getErasedType()).orElseGet(() -> bodies.request(PlainType.of(type), validation));
    }

    private static boolean isBinary(Class<?> type) {
        return type == byte[].class
                || InputStream.class.isAssignableFrom(type)
                || Reader.class.isAssignableFrom(type)
                || File.class.isAssignableFrom(type);
    }

    private static boolean isNullable(Argument argument) {
        return argument.kotlin().filter(KotlinArgument::nullable).isPresent()
                || Stream.of(argument.stated().getAnnotations())
                        .anyMatch(annotation ->
                                annotation.annotationType().getSimpleName().equals("Nullable"));
    }
}
