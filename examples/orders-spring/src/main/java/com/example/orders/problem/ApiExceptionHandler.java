package com.example.orders.problem;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Adds the wrong fields to the problem details of a failed validation. */
@RestControllerAdvice
class ApiExceptionHandler extends ResponseEntityExceptionHandler {
    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(
                e, e.getBody(), e.getAllErrors().stream().map(ApiExceptionHandler::of), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Stream<FieldProblem> errors = e.getParameterValidationResults().stream().flatMap(ApiExceptionHandler::errorsOf);
        return invalid(e, e.getBody(), errors, headers, status, request);
    }

    @ExceptionHandler
    ProblemDetail changedByAnother(ConcurrencyFailureException e) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.CONFLICT, "Somebody else changed this at the same moment; read it again and retry.");
    }

    private @Nullable ResponseEntity<Object> invalid(
            Exception e,
            ProblemDetail body,
            Stream<FieldProblem> errors,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        body.setDetail("The request is not valid.");
        // Validators report in no particular order; a client that compares answers wants one.
        List<FieldProblem> sorted = errors.sorted(FieldProblem.BY_FIELD).toList();
        body.setProperty("errors", sorted);
        return handleExceptionInternal(e, body, headers, status, request);
    }

    private static Stream<FieldProblem> errorsOf(ParameterValidationResult result) {
        if (result instanceof ParameterErrors body) {
            return body.getAllErrors().stream().map(ApiExceptionHandler::of);
        }
        String name = nameOf(result.getMethodParameter());
        return result.getResolvableErrors().stream().map(error -> new FieldProblem(name, messageOf(error)));
    }

    private static FieldProblem of(ObjectError error) {
        String field = error instanceof FieldError named ? named.getField() : error.getObjectName();
        return new FieldProblem(field, messageOf(error));
    }

    /** What the caller calls it: a header's name is not the name of the Java parameter. */
    private static String nameOf(MethodParameter parameter) {
        RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
        String name = header == null ? parameter.getParameterName() : header.name();
        return name == null ? "" : name;
    }

    private static String messageOf(MessageSourceResolvable error) {
        String message = error.getDefaultMessage();
        return message == null ? "is not valid" : message;
    }
}
