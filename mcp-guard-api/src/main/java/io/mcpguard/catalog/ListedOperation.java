package io.mcpguard.catalog;

import io.mcpguard.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operation of {@link Operations}, listed in code. What is not said of it follows from its method.
 *
 * @since 0.1
 */
public final class ListedOperation {

    private static final String JSON = "application/json";
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final ListedProduct product;
    private final String id;
    private final String method;
    private final String path;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Response> responses = new ArrayList<>();
    private String title = "";
    private String description = "";
    private Set<String> scopes = Set.of();
    private Set<String> tags = Set.of();
    private @Nullable RequestBody body;
    private @Nullable Hints hints;

    ListedOperation(ListedProduct product, String id, String method, String path) {
        this.product = product;
        this.id = Objects.requireNonNull(id, "operationId");
        this.method = Objects.requireNonNull(method, "method");
        this.path = Objects.requireNonNull(path, "path");
    }

    /**
     * Sets the short name.
     *
     * @param text a name for people
     * @return this operation
     */
    public ListedOperation title(String text) {
        this.title = Objects.requireNonNull(text, "text");
        return this;
    }

    /**
     * Says what the operation does. A model chooses by it, so it says when to use the operation and what its errors mean.
     *
     * @param text a sentence or more
     * @return this operation
     */
    public ListedOperation description(String text) {
        this.description = Objects.requireNonNull(text, "text");
        return this;
    }

    /**
     * Describes a variable of the path.
     *
     * @param name the name in the template
     * @param schema what values are valid
     * @param meaning what it means
     * @return this operation
     */
    public ListedOperation path(String name, Schema schema, String meaning) {
        return parameter(new Parameter(name, Parameter.Location.PATH, true, schema, meaning));
    }

    /**
     * Adds a query parameter that may be left out.
     *
     * @param name the name
     * @param schema what values are valid; an array is sent as repeated parameters
     * @param meaning what it means, and what leaving it out means
     * @return this operation
     */
    public ListedOperation query(String name, Schema schema, String meaning) {
        return parameter(new Parameter(name, Parameter.Location.QUERY, false, schema, meaning));
    }

    /**
     * Adds a query parameter without which a call is refused.
     *
     * @param name the name
     * @param schema what values are valid; an array is sent as repeated parameters
     * @param meaning what it means
     * @return this operation
     */
    public ListedOperation requiredQuery(String name, Schema schema, String meaning) {
        return parameter(new Parameter(name, Parameter.Location.QUERY, true, schema, meaning));
    }

    /**
     * Adds a header that may be left out.
     *
     * @param name the field name
     * @param schema what values are valid
     * @param meaning what it means, and what leaving it out means
     * @return this operation
     */
    public ListedOperation header(String name, Schema schema, String meaning) {
        return parameter(new Parameter(name, Parameter.Location.HEADER, false, schema, meaning));
    }

    /**
     * Adds an input.
     *
     * @param parameter the input
     * @return this operation
     */
    public ListedOperation parameter(Parameter parameter) {
        parameters.add(Objects.requireNonNull(parameter, "parameter"));
        return this;
    }

    /**
     * Sets the JSON body that every call has to have.
     *
     * @param schema what bodies are valid
     * @return this operation
     */
    public ListedOperation body(Schema schema) {
        return body(new RequestBody(true, JSON, schema));
    }

    /**
     * Sets a body of another kind.
     *
     * @param requestBody the body
     * @return this operation
     */
    public ListedOperation body(RequestBody requestBody) {
        this.body = Objects.requireNonNull(requestBody, "requestBody");
        return this;
    }

    /**
     * Documents a response of which nothing but the status is known.
     *
     * @param status HTTP status
     * @param meaning when it is sent
     * @return this operation
     */
    public ListedOperation answers(int status, String meaning) {
        return answers(new Response(status, meaning, Optional.empty(), Optional.empty()));
    }

    /**
     * Documents a response with a JSON body.
     *
     * @param status HTTP status
     * @param meaning when it is sent
     * @param schema what its body looks like
     * @return this operation
     */
    public ListedOperation answers(int status, String meaning, Schema schema) {
        return answers(new Response(status, meaning, Optional.of(JSON), Optional.of(schema)));
    }

    /**
     * Documents a response.
     *
     * @param response the response
     * @return this operation
     */
    public ListedOperation answers(Response response) {
        responses.add(Objects.requireNonNull(response, "response"));
        return this;
    }

    /**
     * Says that the operation changes nothing, whatever its method: a search by POST.
     *
     * @return this operation
     */
    public ListedOperation readOnly() {
        return hints(new Hints(true, false, true));
    }

    /**
     * Says that the operation may delete or overwrite, whatever its method: a cancellation by POST.
     *
     * @return this operation
     */
    public ListedOperation destructive() {
        return hints(new Hints(false, true, Hints.ofMethod(method).idempotent()));
    }

    /**
     * Sets the hints, where those that follow from the method are wrong.
     *
     * @param expected what a caller may expect
     * @return this operation
     */
    public ListedOperation hints(Hints expected) {
        this.hints = Objects.requireNonNull(expected, "expected");
        return this;
    }

    /**
     * Sets the scopes a caller needs.
     *
     * @param names scopes as the service's authorization server names them
     * @return this operation
     */
    public ListedOperation scopes(String... names) {
        this.scopes = Set.of(names);
        return this;
    }

    /**
     * Sets the words by which profiles can open or close the operation together with others.
     *
     * @param words 1 to 64 letters, digits, '.', '-' or '_' each
     * @return this operation
     */
    public ListedOperation tags(String... words) {
        this.tags = Set.of(words);
        return this;
    }

    /**
     * Ends this operation and adds the next of the same product.
     *
     * @param operationId its id, unique in the service
     * @param httpMethod GET, POST, PUT, PATCH or DELETE
     * @param template path template from the root of the host, context path included
     * @return the next operation, to be described
     */
    public ListedOperation operation(String operationId, String httpMethod, String template) {
        return product.operation(operationId, httpMethod, template);
    }

    /**
     * Ends this product and starts the next.
     *
     * @param productId id of the product, by which profiles grant it
     * @param name a name for people
     * @param text what its operations are about, in a sentence or two
     * @return the next product
     */
    public ListedProduct product(String productId, String name, String text) {
        return product.next(productId, name, text);
    }

    /**
     * Ends the list.
     *
     * @return a source that publishes exactly what is listed
     * @throws ConfigurationException naming every mistake and what to do about it
     */
    public OperationSource build() {
        return product.build();
    }

    String id() {
        return id;
    }

    String name() {
        return method + " " + path;
    }

    Optional<Operation> finish(List<String> mistakes) {
        int before = mistakes.size();
        if (!METHODS.contains(method)) {
            mistakes.add("operation " + id + " has the method '" + method
                    + "'; set GET (which answers HEAD as well), POST, PUT, PATCH or DELETE");
        }
        if (method.equals("GET") && body != null) {
            mistakes.add("operation " + id + " is a GET with a body, which servers may drop; "
                    + "take query parameters instead of body(...), or make it a POST");
        }
        try {
            Operation.Builder operation = Operation.builder(new OperationId(id), product.id(), method, path)
                    .title(title)
                    .description(description)
                    .body(body)
                    .hints(hints)
                    .scopes(scopes)
                    .tags(tags);
            parameters.forEach(operation::parameter);
            responses.forEach(operation::response);
            Operation made = operation.build();
            return mistakes.size() == before ? Optional.of(made) : Optional.empty();
        } catch (IllegalArgumentException e) {
            mistakes.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
