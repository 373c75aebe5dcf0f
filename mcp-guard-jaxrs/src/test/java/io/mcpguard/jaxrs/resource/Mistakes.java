package io.mcpguard.jaxrs.resource;

import io.mcpguard.annotation.McpHidden;
import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.MatrixParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MultivaluedMap;

/** Resource classes that cannot be published as they are. */
final class Mistakes {

    private Mistakes() {}

    @Path("a")
    public static class NoProduct {
        @GET
        @McpOperation
        public String lost() {
            return "";
        }
    }

    @Path("a")
    @McpProduct("a")
    public static class NoMethod {
        @McpOperation
        public String lost() {
            return "";
        }
    }

    @Path("a")
    @McpProduct("a")
    public static class Twin {
        @GET
        @McpOperation
        public String twin() {
            return "";
        }

        @POST
        @McpOperation(id = "twin")
        public String other() {
            return "";
        }
    }

    @McpProduct("a")
    public static class Unreachable {
        @GET
        @McpOperation
        public String lost() {
            return "";
        }
    }

    @Path("a")
    @McpProduct("a")
    public static class Arguments {
        @GET
        @Path("matrix")
        @McpOperation
        public String matrix(@MatrixParam("m") String matrix) {
            return matrix;
        }

        @GET
        @Path("cookie")
        @McpOperation
        public String cookie(@CookieParam("c") String cookie) {
            return cookie;
        }

        @GET
        @Path("hidden/{id}")
        @McpOperation
        public String hidden(
                @PathParam("id") @McpHidden long id, @QueryParam("q") @NotNull @McpHidden String required) {
            return required;
        }

        @POST
        @Path("form")
        @Consumes("application/x-www-form-urlencoded")
        @McpOperation
        public String form(MultivaluedMap<String, String> form) {
            return "";
        }

        @POST
        @Path("both")
        @McpOperation
        public String both(@FormParam("a") String field, String body) {
            return body;
        }

        @POST
        @Path("two")
        @McpOperation
        public String two(String one, String other) {
            return one + other;
        }

        @POST
        @Path("bytes")
        @McpOperation
        public String bytes(byte[] body) {
            return "";
        }

        @POST
        @Path("xml")
        @Consumes("application/xml")
        @McpOperation
        public String xml(StringBuilder body) {
            return "";
        }

        @POST
        @Path("file")
        @Consumes("multipart/form-data")
        @McpOperation
        public String file(StringBuilder body) {
            return "";
        }

        @GET
        @Path("deep/{rest: .+}")
        @McpOperation
        public String deep(@PathParam("rest") String rest) {
            return rest;
        }

        @GET
        @Path("{name}.json")
        @McpOperation
        public String part(@PathParam("name") String name) {
            return name;
        }
    }

    /** Of which the runtime class is anybody's guess. */
    @McpProduct("a")
    public interface Any {
        @GET
        @McpOperation
        String guessed();
    }

    @Path("a")
    public static class Locators {
        @Path("any")
        public Any any() {
            return () -> "";
        }

        @Path("itself")
        @McpOperation
        public Twin itself() {
            return new Twin();
        }
    }
}
