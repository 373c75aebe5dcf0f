package io.mcpguard.core.catalog;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.Parameter;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.RequestBody;
import io.mcpguard.catalog.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An operation of the catalog with its template and schemas compiled.
 *
 * @since 0.1
 */
public final class PublishedOperation {

    private final Product product;
    private final Operation operation;
    private final PathTemplate template;
    private final Map<Parameter, CompiledSchema> parameterSchemas;
    private final Optional<CompiledSchema> bodySchema;
    private final Map<Response, CompiledSchema> responseSchemas;
    private final DeclaredArguments declared;
    private final String digest;

    PublishedOperation(Product product, Operation operation) {
        this.product = product;
        this.operation = operation;
        this.template = PathTemplate.of(operation.path());
        this.parameterSchemas = new LinkedHashMap<>();
        for (Parameter parameter : operation.parameters()) {
            parameterSchemas.put(parameter, compile(parameter.schema(), "parameter " + parameter.name()));
        }
        this.bodySchema = operation.body().map(RequestBody::schema).map(schema -> compile(schema, "the body"));
        this.responseSchemas = new LinkedHashMap<>();
        for (Response response : operation.responses()) {
            response.schema()
                    .ifPresent(
                            schema -> responseSchemas.put(response, compile(schema, "response " + response.status())));
        }
        this.declared = new DeclaredArguments(operation, bodySchema);
        this.digest = digestOf(operation);
    }

    /**
     * Publishes a feature of the service's own, which stands beside the catalog.
     *
     * @param product the product it belongs to
     * @param feature how the guard sees it
     * @return the feature, ready to be decided on
     */
    public static PublishedOperation ofFeature(Product product, Operation feature) {
        return new PublishedOperation(product, feature);
    }

    private CompiledSchema compile(io.mcpguard.catalog.Schema schema, String place) {
        try {
            return CompiledSchema.of(schema);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the schema of " + place + " of " + operation + " is unusable: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the product it belongs to.
     *
     * @return the product
     */
    public Product product() {
        return product;
    }

    /**
     * Returns what the service published.
     *
     * @return the operation
     */
    public Operation operation() {
        return operation;
    }

    /**
     * Returns the id.
     *
     * @return the operation's id as text
     */
    public String id() {
        return operation.id().value();
    }

    /**
     * Returns the compiled path template.
     *
     * @return the template
     */
    public PathTemplate template() {
        return template;
    }

    /**
     * Returns the compiled schema of a parameter.
     *
     * @param parameter one of the operation's parameters
     * @return its schema
     */
    public CompiledSchema schemaOf(Parameter parameter) {
        CompiledSchema schema = parameterSchemas.get(parameter);
        if (schema == null) {
            throw new IllegalArgumentException(parameter.name() + " is not a parameter of " + operation);
        }
        return schema;
    }

    /**
     * Returns the compiled schema of the body.
     *
     * @return the schema, or empty when the operation takes no body
     */
    public Optional<CompiledSchema> bodySchema() {
        return bodySchema;
    }

    /**
     * Returns the names of the arguments that the operation declares.
     *
     * @return the names
     */
    public DeclaredArguments declared() {
        return declared;
    }

    /**
     * Returns the compiled schema of a response.
     *
     * @param response one of the documented responses
     * @return its schema, or empty when none was documented
     */
    public Optional<CompiledSchema> schemaOf(Response response) {
        return Optional.ofNullable(responseSchemas.get(response));
    }

    /**
     * Returns a digest of everything a caller is told about the operation. It changes exactly when the definition does, so
     * that a definition that changed after approval is seen.
     *
     * @return 64 hexadecimal digits
     */
    public String digest() {
        return digest;
    }

    private static String digestOf(Operation operation) {
        Function<Parameter, List<Object>> parts =
                p -> List.of(p.location(), p.name(), p.required(), p.schema().json(), p.description());
        List<Object> definition = List.of(
                operation.id(),
                operation.product(),
                operation.method(),
                operation.path(),
                operation.title(),
                operation.description(),
                operation.hints(),
                operation.scopes().stream().sorted().toList(),
                operation.parameters().stream().map(parts).toList(),
                operation.body().map(Object::toString).orElse(""),
                operation.responses());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(definition.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Names the operation. */
    @Override
    public String toString() {
        return operation.toString();
    }
}
