package io.mcpguard.spring.orders;

import io.mcpguard.annotation.McpHidden;
import io.mcpguard.annotation.McpOperation;
import io.mcpguard.annotation.McpProduct;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Controllers whose markings cannot work. */
public final class Mistakes {

    private Mistakes() {}

    @McpProduct("mistakes")
    @RestController
    public static class EveryMistake {

        @McpOperation
        @RequestMapping("/any")
        String anyMethod() {
            return "";
        }

        @McpOperation
        @RequestMapping(
                path = "/two",
                method = {RequestMethod.GET, RequestMethod.POST})
        String twoMethods() {
            return "";
        }

        @McpOperation
        @GetMapping({"/one", "/other"})
        String twoPaths() {
            return "";
        }

        @McpOperation
        @GetMapping("/files/{name}.csv")
        String partOfSegment(@PathVariable String name) {
            return "";
        }

        @McpOperation
        @GetMapping("/tree/{*rest}")
        String manySegments(@PathVariable String rest) {
            return "";
        }

        @McpOperation
        @GetMapping("/*/wild")
        String wildcard() {
            return "";
        }

        @McpOperation
        @PostMapping("/upload")
        String upload(@RequestParam MultipartFile file) {
            return "";
        }

        @McpOperation
        @PostMapping("/part")
        String part(@RequestPart String meta) {
            return "";
        }

        @McpOperation
        @GetMapping("/cookie")
        String cookie(@CookieValue String session) {
            return "";
        }

        @McpOperation
        @GetMapping("/hidden")
        String hidden(@RequestParam @McpHidden String needed) {
            return "";
        }

        @McpOperation
        @PostMapping("/form")
        String form(@RequestBody MultiValueMap<String, String> form) {
            return "";
        }

        @McpOperation
        @PostMapping("/bytes")
        String bytes(@RequestBody byte[] bytes) {
            return "";
        }

        @McpOperation
        @PostMapping(path = "/xml", consumes = "application/xml")
        String xml(@RequestBody Orders.Line line) {
            return "";
        }

        @McpOperation(id = "no spaces")
        @GetMapping("/id")
        String badId() {
            return "";
        }

        @McpOperation
        String unmapped() {
            return "";
        }
    }

    @RestController
    public static class NoProduct {

        @McpOperation
        @GetMapping("/lost")
        String lost() {
            return "";
        }
    }

    @McpProduct(value = "twins", name = "One")
    @RestController
    public static class FirstTwin {

        @McpOperation
        @GetMapping("/first")
        String twin() {
            return "";
        }
    }

    @McpProduct(value = "twins", name = "Other")
    @RestController
    public static class SecondTwin {

        @McpOperation
        @GetMapping("/second")
        String twin() {
            return "";
        }

        @McpOperation
        @GetMapping("/third")
        String third() {
            return "";
        }
    }
}
