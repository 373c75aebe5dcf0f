package io.mcpguard.spring.mvc;

import io.mcpguard.catalog.Response;
import io.mcpguard.catalog.Schema;
import io.mcpguard.schema.Annotations;
import io.mcpguard.schema.BodySchemas;
import io.mcpguard.schema.Descriptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.method.HandlerMethod;

/** The responses a handler method documents: what it returns, and what other annotations say it may answer. */
final class HandlerResponses {

    private static final Set<Class<?>> WRAPPERS = Set.of(
            HttpEntity.class,
            Callable.class,
            DeferredResult.class,
            WebAsyncTask.class,
            CompletionStage.class,
            Future.class,
            Optional.class);

    private static final Set<String> REACTIVE_WRAPPERS =
            Set.of("reactor.core.publisher.Mono", "io.reactivex.rxjava3.core.Single");

    private final BodySchemas bodies;

    /**
     * Prepares the reading.
     *
     * @param bodies makes the schema of a body
     */
    HandlerResponses(BodySchemas bodies) {
        this.bodies = bodies;
    }

    /**
     * Lists the responses, the ordinary one first.
     *
     * @param method the handler method
     * @param annotations its annotations
     * @param produces media types it states, possibly empty
     * @return at least one response
     */
    List<Response> of(HandlerMethod method, Annotations annotations, List<MediaType> produces) {
        MethodParameter returned = method.getReturnType();
        ResolvableType type = unwrap(ResolvableType.forMethodParameter(returned));
        Class<?> raw = type.resolve(Object.class);
        boolean empty = raw == void.class || raw == Void.class;
        Map<Integer, String> documented = Descriptions.responses(annotations);
        int status = status(method, documented, empty);
        List<Response> responses = new ArrayList<>();
        String description = Optional.ofNullable(documented.get(status)).orElse("");
        if (empty) {
            responses.add(new Response(status, description, Optional.empty(), Optional.empty()));
        } else {
            responses.add(withBody(method, status, description, type, raw, produces));
        }
        documented.forEach((other, text) -> {
            if (other != status) {
                responses.add(new Response(other, text, Optional.empty(), Optional.empty()));
            }
        });
        return responses;
    }

    private Response withBody(
            HandlerMethod method,
            int status,
            String description,
            ResolvableType type,
            Class<?> raw,
            List<MediaType> produces) {
        Optional<MediaType> json = produces.stream().filter(BinaryTypes::isJson).findFirst();
        Optional<MediaType> stated = json.or(() -> produces.stream().findFirst());
        if (BinaryTypes.isBinary(raw)) {
            return new Response(
                    status,
                    description,
                    Optional.of(
                            stated.orElse(MediaType.APPLICATION_OCTET_STREAM).toString()),
                    Optional.empty());
        }
        if (!isBody(method)) {
            return new Response(status, description, Optional.of(MediaType.TEXT_HTML_VALUE), Optional.empty());
        }
        if (CharSequence.class.isAssignableFrom(raw)) {
            return new Response(
                    status,
                    description,
                    Optional.of(stated.orElse(MediaType.TEXT_PLAIN).toString()),
                    json.isPresent() ? Optional.empty() : Optional.of(Schema.STRING));
        }
        MediaType contentType = stated.orElse(MediaType.APPLICATION_JSON);
        return new Response(
                status,
                description,
                Optional.of(contentType.toString()),
                BinaryTypes.isJson(contentType) ? Optional.of(bodies.response(type.getType())) : Optional.empty());
    }

    /** What a method returns is a body if it says so or returns an entity; else it names a view. */
    private static boolean isBody(HandlerMethod method) {
        ResolvableType declared = ResolvableType.forMethodParameter(method.getReturnType());
        return AnnotatedElementUtils.hasAnnotation(method.getBeanType(), ResponseBody.class)
                || method.hasMethodAnnotation(ResponseBody.class)
                || holdsEntity(declared);
    }

    private static boolean holdsEntity(ResolvableType type) {
        return HttpEntity.class.isAssignableFrom(type.resolve(Object.class))
                || (type.hasGenerics() && isWrapper(type.resolve(Object.class)) && holdsEntity(type.getGeneric(0)));
    }

    /** Stated by annotation, else the one success that is documented, else 204 for an entity without body, else 200. */
    private static int status(HandlerMethod method, Map<Integer, String> documented, boolean empty) {
        ResponseStatus stated = method.getMethodAnnotation(ResponseStatus.class);
        if (stated == null) {
            stated = AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), ResponseStatus.class);
        }
        if (stated != null) {
            return stated.code().value();
        }
        List<Integer> successes =
                documented.keySet().stream().filter(code -> code / 100 == 2).toList();
        if (successes.size() == 1) {
            return successes.get(0);
        }
        return empty && holdsEntity(ResolvableType.forMethodParameter(method.getReturnType()))
                ? HttpStatus.NO_CONTENT.value()
                : HttpStatus.OK.value();
    }

    private static ResolvableType unwrap(ResolvableType type) {
        Class<?> raw = type.resolve(Object.class);
        if (!isWrapper(raw)) {
            return type;
        }
        if (REACTIVE_WRAPPERS.contains(raw.getName())) {
            return unwrap(type.getGeneric(0));
        }
        for (Class<?> wrapper : WRAPPERS) {
            if (wrapper.isAssignableFrom(raw)) {
                ResolvableType inner = type.as(wrapper).getGeneric(0);
                return inner.resolve() == null ? ResolvableType.forClass(Object.class) : unwrap(inner);
            }
        }
        return type;
    }

    private static boolean isWrapper(Class<?> raw) {
        return REACTIVE_WRAPPERS.contains(raw.getName())
                || WRAPPERS.stream().anyMatch(wrapper -> wrapper.isAssignableFrom(raw));
    }
}
