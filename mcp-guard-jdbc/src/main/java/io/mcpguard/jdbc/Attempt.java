package io.mcpguard.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One transaction on a thread of its own, which can be given up: a driver that waits for a server that is gone hears no interrupt,
 * and most wait for ever unless their settings say otherwise.
 */
final class Attempt {

    /** What is done between the begin and the commit. */
    @FunctionalInterface
    interface Work {
        void run(Connection connection) throws SQLException;
    }

    private final DataSource source;
    private final Work work;
    private final FutureTask<Boolean> task;
    private final Thread thread;
    private @Nullable Connection open;
    private boolean givenUp;

    Attempt(DataSource source, Work work) {
        this.source = source;
        this.work = work;
        this.task = new FutureTask<>(this::transact);
        this.thread = daemon(task);
    }

    /** Runs the transaction; it has been committed when this returns. */
    void run(Duration patience) throws ExecutionException, TimeoutException, InterruptedException {
        thread.start();
        boolean done = false;
        try {
            task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            done = true;
        } finally {
            if (!done) {
                giveUp();
            }
        }
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    private Boolean transact() throws SQLException {
        Connection connection = source.getConnection();
        try (connection) {
            if (!begin(connection)) {
                return false;
            }
            boolean automatic = connection.getAutoCommit();
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                work.run(connection);
                connection.commit();
                committed = true;
            } finally {
                if (!committed) {
                    rollBack(connection);
                }
                if (automatic && !connection.isClosed()) {
                    connection.setAutoCommit(true);
                }
            }
            return true;
        } finally {
            end();
        }
    }

    /** Keeps the failure that led here. */
    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is broken, which is what ends a transaction too.
            return;
        }
    }

    private synchronized boolean begin(Connection connection) {
        open = connection;
        return !givenUp;
    }

    private synchronized void end() {
        open = null;
    }

    /** Breaks the connection off. A driver may wait for the network even to do that, so nobody waits for it. */
    private synchronized void giveUp() {
        givenUp = true;
        thread.interrupt();
        Connection connection = open;
        if (connection != null) {
            daemon(() -> {
                        try {
                            connection.abort(command -> daemon(command).start());
                        } catch (SQLException | RuntimeException e) {
                            // Then it stays until the driver gives up by itself; the sink counts those.
                            return;
                        }
                    })
                    .start();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "mcp-guard-jdbc");
        thread.setDaemon(true);
        return thread;
    }
}
