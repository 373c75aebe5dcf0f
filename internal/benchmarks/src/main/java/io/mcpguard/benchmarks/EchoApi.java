package io.mcpguard.benchmarks;

import io.mcpguard.catalog.Operation;
import io.mcpguard.catalog.OperationId;
import io.mcpguard.catalog.Product;
import io.mcpguard.catalog.ProductOperations;
import io.mcpguard.catalog.RequestBody;
import io.mcpguard.catalog.Response;
import io.mcpguard.catalog.Schema;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The one operation that everything is measured with: it says back what it is told. */
final class EchoApi extends HttpServlet {

    static final String PRODUCT = "demo";
    static final String OPERATION = "echo";
    static final String PATH = "/api/echo";
    static final String DESCRIPTION = "Returns the message it was given.";

    /** The same for everybody who offers the operation. */
    static final Schema INPUT = new Schema(
            "{\"type\":\"object\",\"properties\":{\"message\":{\"type\":\"string\"}},\"required\":[\"message\"],"
                    + "\"additionalProperties\":false}");

    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = JsonMapper.shared();

    static String answer(String message) {
        return "echo: " + message;
    }

    /** As it stands in the catalog. */
    static List<ProductOperations> published() {
        Operation echo = Operation.builder(new OperationId(OPERATION), PRODUCT, "POST", PATH)
                .title("Echo")
                .description(DESCRIPTION)
                .body(new RequestBody(true, "application/json", INPUT))
                .response(new Response(200, "", Optional.of("application/json"), Optional.empty()))
                .build();
        return List.of(new ProductOperations(new Product(PRODUCT, "Demo", "One operation", "/api"), List.of(echo)));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode body = JSON.readTree(request.getInputStream());
        byte[] answer = JSON.writeValueAsBytes(answer(body.path("message").asString("")));
        response.setContentType("application/json");
        response.setContentLength(answer.length);
        response.getOutputStream().write(answer);
    }
}
