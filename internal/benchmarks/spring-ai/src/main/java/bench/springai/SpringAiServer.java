package bench.springai;

import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;

/** The echo operation as Spring AI's stateless MCP server offers it. */
@SpringBootApplication
public class SpringAiServer {

    /** The operation. */
    public static class Echo {

        /**
         * Says back what it is told.
         *
         * @param message anything
         * @return the message
         */
        @Tool(name = "echo", description = "Returns the message it was given.")
        public String echo(String message) {
            return "echo: " + message;
        }
    }

    @Bean
    ToolCallbackProvider tools() {
        return MethodToolCallbackProvider.builder().toolObjects(new Echo()).build();
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> ready() {
        return event -> System.out.println("READY "
                + event.getApplicationContext().getEnvironment().getProperty("local.server.port"));
    }

    public static void main(String[] args) {
        SpringApplication.run(
                SpringAiServer.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--server.tomcat.max-keep-alive-requests=-1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn",
                "--spring.ai.mcp.server.protocol=STATELESS",
                "--spring.ai.mcp.server.type=SYNC",
                "--spring.ai.mcp.server.name=bench");
    }
}
