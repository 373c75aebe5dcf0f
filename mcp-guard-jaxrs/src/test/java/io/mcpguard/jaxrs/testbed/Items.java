package io.mcpguard.jaxrs.testbed;

import io.mcpguard.annotation.McpHidden;
import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small API with everything that resource classes are written with. */
@Path("items")
@Produces("application/json")
@Consumes("application/json")
@McpProduct(value = "items", name = "Items", description = "Things on the shelf.")
public class Items {

    public enum Color {
        RED,
        BLUE
    }

    /** Reads itself from text. */
    public record Shelf(String row) {
        public static Shelf valueOf(String text) {
            return new Shelf(text);
        }
    }

    public record Item(long id, String name, List<String> tags) {}

    public record NewItem(
            @NotBlank @Size(max = 20) String name, @Positive int price) {}

    public static final class Search {
        @QueryParam("text")
        @Size(min = 2) private String text;

        private int limit;

        @QueryParam("limit")
        @DefaultValue("10")
        public void setLimit(int value) {
            limit = value;
        }

        String found() {
            return text + ":" + limit;
        }
    }

    /** What has run. */
    public final List<String> served = new CopyOnWriteArrayList<>();

    @GET
    @Path("/{id: [0-9]+}/")
    @McpOperation(title = "Get an item", description = "Reads one item.")
    public Item get(@PathParam("id") @Max(1000) long id) {
        served.add("get " + id);
        if (id == 404) {
            throw new NoSuchItem(id);
        }
        if (id == 500) {
            throw new IllegalStateException("a secret of the service");
        }
        return new Item(id, "item " + id, List.of("new"));
    }

    /** Not published, and a neighbor of {@code get} to the guard's templates. */
    @GET
    @Path("purge")
    public Item purge() {
        served.add("purge");
        return new Item(0, "purged", List.of());
    }

    @GET
    @McpOperation(id = "list-items")
    public List<Item> list(
            @QueryParam("color") Color color,
            @QueryParam("tag") Set<@Size(max = 8) String> tags,
            @QueryParam("size") @DefaultValue("20") @Min(1) @Max(100) int size,
            @QueryParam("shelf") Shelf shelf,
            @HeaderParam("X-Trace") String trace,
            @HeaderParam("Accept-Language") @McpHidden String language,
            @Context SecurityContext security) {
        served.add("list " + color + " " + tags.stream().sorted().toList() + " " + size + " "
                + (shelf == null ? "-" : shelf.row()));
        return List.of(
                new Item(size, String.valueOf(color), tags.stream().sorted().toList()));
    }

    @POST
    @McpOperation
    @ApiResponse(
            responseCode = "201",
            description = "It is on the shelf.",
            content = @Content(schema = @Schema(implementation = Item.class)))
    public Response create(@Valid @NotNull NewItem item) {
        served.add("create " + item.name());
        return Response.created(URI.create("/api/items/7"))
                .entity(new Item(7, item.name(), List.of()))
                .build();
    }

    @PUT
    @Path("{id}/price")
    @Consumes("application/x-www-form-urlencoded")
    @McpOperation
    public Item reprice(
            @PathParam("id") long id,
            @FormParam("price") @NotNull @Positive Integer price,
            @FormParam("reason") @DefaultValue("none") String reason) {
        served.add("reprice " + id + " " + price + " " + reason);
        return new Item(id, reason, List.of(price.toString()));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed("admin")
    @McpOperation
    public void delete(@PathParam("id") long id) {
        served.add("delete " + id);
    }

    @GET
    @Path("search")
    @Produces("text/plain")
    @McpOperation
    public String search(@Valid @BeanParam Search search) {
        served.add("search");
        return search.found();
    }

    @GET
    @Path("later")
    @McpOperation
    public void later(@Suspended AsyncResponse later) {
        served.add("later");
        Thread resume = new Thread(() -> later.resume(new Item(1, "later", List.of())));
        resume.start();
    }

    @GET
    @Path("soon")
    @McpOperation
    public CompletionStage<Item> soon() {
        served.add("soon");
        return CompletableFuture.supplyAsync(() -> new Item(2, "soon", List.of()));
    }

    @GET
    @Path("who")
    @Produces("text/plain")
    @McpOperation
    public String who(@Context SecurityContext security) {
        served.add("who");
        return security.getUserPrincipal().getName() + " user=" + security.isUserInRole("user") + " admin="
                + security.isUserInRole("admin") + " " + security.getAuthenticationScheme();
    }

    @GET
    @Path("big")
    @Produces("application/octet-stream")
    @McpOperation
    public StreamingOutput big(@QueryParam("bytes") int bytes) {
        served.add("big");
        return out -> out.write("x".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
    }

    @GET
    @Path("unwritable")
    @McpOperation
    public StreamingOutput unwritable() {
        served.add("unwritable");
        return out -> {
            throw new IllegalStateException("a secret of the writer");
        };
    }

    /** Each item has notes. */
    @Path("{id}/notes")
    public Notes notes(@PathParam("id") long id) {
        return new Notes(id, served);
    }

    /** A sub-resource. */
    @McpProduct("items")
    public static class Notes {

        private final long item;
        private final List<String> served;

        public Notes(long item, List<String> served) {
            this.item = item;
            this.served = served;
        }

        @GET
        @Path("{note}")
        @Produces("text/plain")
        @McpOperation(id = "read-note")
        public String read(@PathParam("note") String note) {
            served.add("note " + item + " " + note);
            return item + "/" + note;
        }
    }
}
