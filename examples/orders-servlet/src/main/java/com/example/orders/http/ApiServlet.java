package com.example.orders.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A servlet of the API: what it throws as a {@link Problem} becomes a problem answer. */
public abstract class ApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final Pattern ONE = Pattern.compile("/([0-9]{1,18})(?:/([a-z-]+))?");

    /**
     * What the path below the servlet names.
     *
     * @param id number of a resource, 0 for the collection
     * @param part name of a part or an action of it, or empty text
     */
    public record Target(long id, String part) {}

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            serve(request, response, target(request.getPathInfo()));
        } catch (Problem problem) {
            Answers.problem(response, problem.status(), problem.getMessage(), problem.errors());
        }
    }

    /** Serves a request, or throws a {@link Problem}. */
    protected abstract void serve(HttpServletRequest request, HttpServletResponse response, Target target)
            throws IOException;

    private static Target target(String path) {
        if (path == null || path.equals("/")) {
            return new Target(0, "");
        }
        Matcher one = ONE.matcher(path);
        if (!one.matches()) {
            throw Problem.notFound("There is nothing at this address.");
        }
        return new Target(Long.parseLong(one.group(1)), one.group(2) == null ? "" : one.group(2));
    }
}
