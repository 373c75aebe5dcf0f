package io.mcpguard.jaxrs.resource;

import com.fasterxml.classmate.ResolvedType;
import io.mcpguard.catalog.Response;
import io.mcpguard.catalog.Schema;
import io.mcpguard.schema.Annotations;
import io.mcpguard.schema.BodySchemas;
import io.mcpguard.schema.Descriptions;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The responses that a method documents: what it returns, and what other annotations say that it may answer. */
final class ResponseReader {

    private static final List<Class<?>> WRAPPERS = List.of(CompletionStage.class, GenericEntity.class, Optional.class);

    private final BodySchemas bodies;

    ResponseReader(BodySchemas bodies) {
        this.bodies = bodies;
    }

    /**
     * Lists the responses, the ordinary one first.
     *
     * @param declared the return type, generics resolved; Void for a method that is resumed later
     * @param suspended whether the answer is given later, of whatever type
     * @param annotations annotations of the method
     * @param produces media types it states
     * @return at least one response
     */
    List<Response> of(ResolvedType declared, boolean suspended, Annotations annotations, MediaTypes produces) {
        ResolvedType type = unwrapped(declared);
        Class<?> raw = type.getErasedType();
        boolean untold = suspended || jakarta.ws.rs.core.Response.class.isAssignableFrom(raw) || raw == Object.class;
        boolean empty = !untold && (raw == void.class || raw == Void.class);
        Map<Integer, String> documented = Descriptions.responses(annotations);
        List<Integer> successes =
                documented.keySet().stream().filter(code -> code / 100 == 2).toList();
        int status = untold && successes.size() == 1 ? successes.get(0) : empty ? 204 : 200;
        String description = Optional.ofNullable(documented.get(status)).orElse("");
        List<Response> responses = new ArrayList<>();
        if (empty) {
            responses.add(new Response(status, description, Optional.empty(), Optional.empty()));
        } else if (untold) {
            Optional<Class<?>> stated = StatedBodies.of(annotations, status);
            Optional<String> contentType = produces.json().or(produces::first);
            responses.add(new Response(
                    status,
                    description,
                    contentType,
                    stated.filter(any -> contentType.filter(MediaTypes::isJson).isPresent())
                            .map(bodies::response)));
        } else {
            responses.add(withBody(status, description, type, produces));
        }
        documented.forEach((other, text) -> {
            if (other != status) {
                responses.add(new Response(other, text, Optional.empty(), Optional.empty()));
            }
        });
        return responses;
    }

    private Response withBody(int status, String description, ResolvedType type, MediaTypes produces) {
        Class<?> raw = type.getErasedType();
        Optional<String> json = produces.json();
        Optional<String> stated = json.or(produces::first);
        if (isBinary(raw)) {
            String binary = stated.filter(any -> !produces.anyOf("*/")).orElse("application/octet-stream");
            return new Response(status, description, Optional.of(binary), Optional.empty());
        }
        if (CharSequence.class.isAssignableFrom(raw)) {
            String text = produces.anyOf("*/") ? "text/plain" : stated.orElse("text/plain");
            Optional<Schema> schema = MediaTypes.isJson(text) ? Optional.empty() : Optional.of(Schema.STRING);
            return new Response(status, description, Optional.of(text), schema);
        }
        String contentType = stated.orElse("application/json");
        Optional<Schema> schema = MediaTypes.isJson(contentType)
                ? Optional.of(Trees.schemaOf(raw).orElseGet(() -> bodies.response(PlainType.of(type))))
                : Optional.empty();
        return new Response(status, description, Optional.of(contentType), schema);
    }

    private static boolean isBinary(Class<?> type) {
        return type == byte[].class
                || InputStream.class.isAssignableFrom(type)
                || File.class.isAssignableFrom(type)
                || StreamingOutput.class.isAssignableFrom(type);
    }

    private static ResolvedType unwrapped(ResolvedType type) {
        for (Class<?> wrapper : WRAPPERS) {
            if (wrapper.isAssignableFrom(type.getErasedType())) {
                List<ResolvedType> held = type.typeParametersFor(wrapper);
                return held == null || held.isEmpty() ? BeanReader.resolve(Object.class) : unwrapped(held.get(0));
            }
        }
        return type;
    }
}
