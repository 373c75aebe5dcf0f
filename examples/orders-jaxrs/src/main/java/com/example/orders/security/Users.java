package com.example.orders.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The people who may call, read from a file; without one there is nobody. A grown service asks its directory here. */
public final class Users {

    /**
     * Somebody who has signed in.
     *
     * @param name the name
     * @param roles what they are to the service
     */
    public record User(String name, Set<String> roles) {}

    private record Account(byte[] password, User user) {}

    private final Map<String, Account> accounts = new HashMap<>();

    private Users() {}

    public static Users none() {
        return new Users();
    }

    /** Reads a line for each user: name, password and roles, with spaces between them. */
    public static Users read(Path file) {
        Users users = new Users();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                List<String> words = List.of(line.strip().split("\\s+"));
                if (words.size() >= 3) {
                    users.accounts.put(
                            words.get(0),
                            new Account(
                                    words.get(1).getBytes(StandardCharsets.UTF_8),
                                    new User(words.get(0), Set.copyOf(words.subList(2, words.size())))));
                }
            }
            return users;
        } catch (IOException e) {
            throw new UncheckedIOException("the users cannot be read from " + file, e);
        }
    }

    Optional<User> signIn(String name, String password) {
        return Optional.ofNullable(accounts.get(name))
                .filter(account -> MessageDigest.isEqual(account.password(), password.getBytes(StandardCharsets.UTF_8)))
                .map(Account::user);
    }
}
