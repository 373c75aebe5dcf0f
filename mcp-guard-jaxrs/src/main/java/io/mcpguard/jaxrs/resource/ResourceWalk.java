package io.mcpguard.jaxrs.resource;

import com.fasterxml.classmate.ResolvedType;
import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import io.mcpguard.catalog.Operation;
import io.mcpguard.schema.AnnotatedProducts;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Goes through resource classes and the sub-resources that their locators lead to. Used once. */
final class ResourceWalk {

    /** How a class was come to: by these paths, past these inputs and classes. */
    private record Way(List<String> paths, List<BiConsumer<TemplatePath, Inputs>> inputs, List<Class<?>> classes) {

        Way past(Optional<String> path, BiConsumer<TemplatePath, Inputs> input) {
            List<String> further = new ArrayList<>(paths);
            path.ifPresent(further::add);
            List<BiConsumer<TemplatePath, Inputs>> more = new ArrayList<>(inputs);
            more.add(input);
            return new Way(further, more, classes);
        }

        Way through(Class<?> type) {
            List<Class<?>> further = new ArrayList<>(classes);
            further.add(type);
            return new Way(paths, inputs, further);
        }

        TemplatePath path(String last) {
            TemplatePath path = TemplatePath.root();
            for (String part : paths) {
                path = path.below(part);
            }
            return path.below(last);
        }
    }

    /** Something that answers requests; without a path where that is no template of an operation. */
    private record Answering(String place, String httpMethod, Optional<TemplatePath> path, boolean published) {}

    private final OperationMaker maker;
    private final AnnotatedProducts products;
    private final List<String> mistakes;
    private final Map<String, ResourceMethod> published = new HashMap<>();
    private final List<Answering> answering = new ArrayList<>();
    private final Set<Class<?>> visited = new HashSet<>();

    ResourceWalk(OperationMaker maker, AnnotatedProducts products, List<String> mistakes) {
        this.maker = maker;
        this.products = products;
        this.mistakes = mistakes;
    }

    /** Goes through the classes of an application, in an order of its own. */
    void through(Collection<Class<?>> classes, String basePath) {
        List<Class<?>> sorted =
                classes.stream().sorted(Comparator.comparing(Class::getName)).toList();
        for (Class<?> type : sorted) {
            ResourceAnnotations.path(type)
                    .ifPresent(path -> visit(type, new Way(List.of(basePath, path), List.of(), List.of())));
        }
        for (Class<?> type : sorted) {
            if (!visited.contains(type)) {
                firstMarked(type)
                        .ifPresent(method -> mistakes.add(new ResourceMethod(type, method).name()
                                + " carries @McpOperation, but its class has no @Path and no locator returns it; add @Path to "
                                + type.getSimpleName() + ", or take @McpOperation off it"));
            }
        }
    }

    /** The method of each operation by the operation's id. */
    Map<String, ResourceMethod> published() {
        return published;
    }

    /**
     * Pairs of which one request could mean either, so that only what JAX-RS chooses tells which.
     *
     * @return a sentence for each operation that has such a neighbor
     */
    List<String> overlaps() {
        List<String> found = new ArrayList<>();
        for (Answering operation : answering) {
            if (operation.published()) {
                answering.stream()
                        .filter(other -> !other.equals(operation) && overlap(operation, other))
                        .findFirst()
                        .ifPresent(other -> found.add(operation.place() + " and " + other.place()
                                + " may answer the same request, and only JAX-RS knows which; register check() of this"
                                + " source with the application before the guard is built"));
            }
        }
        return found;
    }

    private static boolean overlap(Answering one, Answering other) {
        boolean sameMethod = other.httpMethod().isEmpty() || one.httpMethod().equals(other.httpMethod());
        return sameMethod
                && (other.path().isEmpty()
                        || one.path().orElseThrow().overlaps(other.path().get()));
    }

    private void visit(Class<?> type, Way way) {
        visited.add(type);
        Way inside = way.past(Optional.empty(), maker.injectedInto(type)).through(type);
        List<Method> methods = Arrays.stream(type.getMethods())
                .filter(method -> !method.isBridge()
                        && !Modifier.isStatic(method.getModifiers())
                        && method.getDeclaringClass() != Object.class)
                .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toString))
                .toList();
        for (Method method : methods) {
            visit(new ResourceMethod(type, method), inside);
        }
    }

    private void visit(ResourceMethod found, Way way) {
        Method annotated = ResourceAnnotations.annotated(found.method());
        Set<String> httpMethods = ResourceAnnotations.httpMethods(annotated);
        Optional<String> path =
                Optional.ofNullable(annotated.getAnnotation(Path.class)).map(Path::value);
        Optional<McpOperation> own = ResourceAnnotations.find(found.method(), McpOperation.class);
        if (httpMethods.isEmpty() && path.isPresent()) {
            own.ifPresent(any -> mistakes.add(found.name()
                    + " is a sub-resource locator, which answers no request itself; put @McpOperation on the methods of"
                    + " the class that it returns"));
            follow(found, path.get(), way);
        } else if (httpMethods.isEmpty()) {
            own.ifPresent(
                    any -> mistakes.add(found.name() + " carries @McpOperation but answers no request; add @GET or"
                            + " another HTTP method, or take @McpOperation off it"));
        } else if (httpMethods.size() > 1) {
            own.ifPresent(any -> mistakes.add(found.name() + " answers several HTTP methods " + httpMethods
                    + "; an operation has one, so split it into a method for each"));
        } else {
            answer(found, httpMethods.iterator().next(), path.orElse(""), own, way);
        }
    }

    private void answer(ResourceMethod found, String httpMethod, String last, Optional<McpOperation> own, Way way) {
        TemplatePath path;
        try {
            path = way.path(last);
        } catch (IllegalArgumentException e) {
            answering.add(new Answering(found.name(), httpMethod, Optional.empty(), false));
            own.ifPresent(
                    any -> mistakes.add(found.name() + " has a path that cannot be an operation: " + e.getMessage()));
            return;
        }
        Optional<McpProduct> product = ResourceAnnotations.find(found.resource(), McpProduct.class);
        if (own.isPresent() && product.isEmpty()) {
            mistakes.add(found.name() + " carries @McpOperation but its class belongs to no product; add"
                    + " @McpProduct(\"...\") to " + found.resource().getSimpleName());
        }
        Optional<Operation> operation = own.isEmpty() || product.isEmpty()
                ? Optional.empty()
                : maker.make(found, httpMethod, path, way.inputs(), own.get(), product.get(), mistakes);
        operation.ifPresent(made -> {
            products.add(product.orElseThrow(), found.resource(), made, found.name());
            published.put(made.id().value(), found);
        });
        answering.add(new Answering(found.name(), httpMethod, Optional.of(path), operation.isPresent()));
    }

    /** What a locator returns is known only where its class is: an object of a subclass could answer otherwise. */
    private void follow(ResourceMethod locator, String path, Way way) {
        Class<?> returned = typeReturned(locator);
        if (way.classes().contains(returned)) {
            // A tree of its own kind: its operations are published where it begins.
            return;
        }
        boolean concrete = !returned.isInterface() && !Modifier.isAbstract(returned.getModifiers());
        if (concrete && returned != Object.class) {
            visit(returned, way.past(Optional.of(path), maker.takenBy(locator)));
            return;
        }
        answering.add(new Answering(locator.name(), "", Optional.empty(), false));
        firstMarked(returned).ifPresent(method -> {
            visited.add(returned);
            mistakes.add(new ResourceMethod(returned, method).name()
                    + " carries @McpOperation, but is come to by " + locator.name() + ", which returns "
                    + returned.getSimpleName() + " and could return any class of that kind; have it return one class");
        });
    }

    /** A locator may return a class literal for JAX-RS to make an object of. */
    private static Class<?> typeReturned(ResourceMethod locator) {
        ResolvedType type = BeanReader.resolve(
                BeanReader.resolve(locator.resource()),
                locator.method().getDeclaringClass(),
                locator.method().getGenericReturnType());
        List<ResolvedType> held = type.getErasedType() == Class.class ? type.getTypeParameters() : List.of();
        return held.isEmpty() ? type.getErasedType() : held.get(0).getErasedType();
    }

    private static Optional<Method> firstMarked(Class<?> type) {
        return Stream.of(type.getMethods())
                .filter(method -> !method.isBridge()
                        && ResourceAnnotations.find(method, McpOperation.class).isPresent())
                .min(Comparator.comparing(Method::toString));
    }
}
