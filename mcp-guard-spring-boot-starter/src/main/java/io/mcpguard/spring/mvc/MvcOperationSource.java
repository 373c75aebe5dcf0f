package io.mcpguard.spring.mvc;

import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationSource;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.error.ConfigurationException;
import io.mcpguard.schema.AnnotatedProducts;
import io.mcpguard.schema.BodySchemas;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * The handler methods of a service that carry {@link McpOperation}, as operations.
 *
 * <p>Every mistake of every method is found before any is reported.
 *
 * @since 0.1
 */
public final class MvcOperationSource implements OperationSource {

    private final Collection<RequestMappingHandlerMapping> mappings;
    private final Collection<RequestMappingHandlerAdapter> adapters;
    private final JsonMapper mapper;
    private final String prefix;
    private final UnaryOperator<String> placeholders;
    private volatile Map<String, HandlerMethod> handlers = Map.of();

    /**
     * Makes the source.
     *
     * @param mappings every handler mapping of the service that may hold annotated methods
     * @param adapters what calls the methods; their argument resolvers say where each argument comes from
     * @param mapper the service's Jackson
     * @param prefix context path and servlet path, empty or starting with {@code /}
     * @param placeholders resolves placeholders in parameter names and default values, as the service's environment does
     */
    public MvcOperationSource(
            Collection<RequestMappingHandlerMapping> mappings,
            Collection<RequestMappingHandlerAdapter> adapters,
            JsonMapper mapper,
            String prefix,
            UnaryOperator<String> placeholders) {
        this.mappings = List.copyOf(mappings);
        this.adapters = List.copyOf(adapters);
        this.mapper = Objects.requireNonNull(mapper, "mapper");
        this.prefix = Objects.requireNonNull(prefix, "prefix");
        this.placeholders = Objects.requireNonNull(placeholders, "placeholders");
    }

    @Override
    public List<ProductOperations> published() {
        BodySchemas bodies = new BodySchemas(mapper);
        HandlerOperation maker = new HandlerOperation(
                prefix, new HandlerArguments(resolvers(), bodies, placeholders), new HandlerResponses(bodies));
        List<String> mistakes = new ArrayList<>();
        AnnotatedProducts products = new AnnotatedProducts();
        Set<Class<?>> types = new HashSet<>();
        Set<Method> mapped = new HashSet<>();
        Map<String, HandlerMethod> found = new HashMap<>();
        for (RequestMappingHandlerMapping mapping : mappings) {
            mapping.getHandlerMethods().forEach((info, method) -> {
                types.add(method.getBeanType());
                mapped.add(method.getMethod());
                publish(info, method, maker, products, mistakes)
                        .ifPresent(operation -> found.put(operation.id().value(), method));
            });
        }
        types.forEach(type -> findUnmapped(type, mapped, mistakes));
        mistakes.addAll(products.mistakes());
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(
                    "operations of this service", mistakes.stream().sorted().toList());
        }
        handlers = Map.copyOf(found);
        return products.published();
    }

    /**
     * Tells which method carries out an operation.
     *
     * @param operationId id of the operation
     * @return the handler method, or empty when the operation is not one that this source has published
     */
    Optional<HandlerMethod> handlerOf(String operationId) {
        return Optional.ofNullable(handlers.get(operationId));
    }

    private static Optional<Operation> publish(
            RequestMappingInfo info,
            HandlerMethod method,
            HandlerOperation maker,
            AnnotatedProducts products,
            List<String> mistakes) {
        McpOperation own = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), McpOperation.class);
        if (own == null) {
            return Optional.empty();
        }
        McpProduct product = AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), McpProduct.class);
        if (product == null) {
            mistakes.add(
                    HandlerOperation.nameOf(method) + " carries @McpOperation but its class belongs to no product; add"
                            + " @McpProduct(\"...\") to " + method.getBeanType().getSimpleName());
            return Optional.empty();
        }
        Operation operation = maker.make(info, method, own, product, mistakes);
        if (operation != null) {
            products.add(
                    product, ClassUtils.getUserClass(method.getBeanType()), operation, HandlerOperation.nameOf(method));
        }
        return Optional.ofNullable(operation);
    }

    /** A method that its owner meant to publish and that answers no request would go unnoticed. */
    private static void findUnmapped(Class<?> type, Set<Method> mapped, List<String> mistakes) {
        ReflectionUtils.doWithMethods(
                type,
                method -> mistakes.add(type.getSimpleName() + "." + method.getName()
                        + " carries @McpOperation but answers no request; add @GetMapping or another mapping, or take"
                        + " @McpOperation off it"),
                method -> method.isAnnotationPresent(McpOperation.class)
                        && !method.isBridge()
                        && mapped.stream().noneMatch(known -> isSame(known, method)));
    }

    private static boolean isSame(Method known, Method method) {
        return known.getName().equals(method.getName())
                && known.getParameterCount() == method.getParameterCount()
                && method.getDeclaringClass().isAssignableFrom(known.getDeclaringClass());
    }

    private List<HandlerMethodArgumentResolver> resolvers() {
        List<HandlerMethodArgumentResolver> all = new ArrayList<>();
        for (RequestMappingHandlerAdapter adapter : adapters) {
            @Nullable List<HandlerMethodArgumentResolver> known = adapter.getArgumentResolvers();
            if (known != null) {
                all.addAll(known);
            }
        }
        return all;
    }
}
