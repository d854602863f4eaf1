// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import io.github.grokvideo.app.UsageException;
import io.github.grokvideo.servers.ServerChoice;
import io.github.grokvideo.servers.ServerKind;

/**
 * A file of routes, as text: what it needs is read off it before Camel does.
 *
 * @param name without ending
 */
public record RouteFile(String name, Path file, String text) {

    private static final Pattern URI = Pattern.compile("\\b(?:uri|toD?):[ \\t]*[\"']?([a-z0-9-]+)");
    /** Without a default and not optional. */
    private static final Pattern REQUIRED = Pattern.compile("\\{\\{([A-Za-z][^:?}]*)}}");

    /** A templatedRoute gives it, not a property. */
    private static final Pattern TEMPLATE_PARAMETER = Pattern.compile("\\bname:\\s*(\\w+),?\\s+value:");
    private static final Pattern PUBLISHER = Pattern.compile("\\bmediaPublisher:");
    private static final Pattern REST_PATH = Pattern.compile("(?m)^- rest:\\R(?: +id:.*\\R)? +path: (/\\S+)$");
    private static final Pattern FIRST_CALL = Pattern.compile("(?m)^# +then: (curl .*)$");
    private static final String DOCUMENTED_SERVER = "127.0.0.1:8090";
    private static final String ACCOUNT_KEY = ".apiKey";

    /**
     * @param  isSet          whether a property is set; one that ends with {@code *}: any that begins so
     * @throws UsageException naming the option that starts a missing server, or the missing property
     */
    void check(ServerChoice servers, Predicate<String> isSet) throws UsageException {
        for (ServerKind kind : needed()) {
            if (!servers.ports().containsKey(kind) && kind.settings().stream().noneMatch(name -> isSet.test(name + "*"))) {
                throw new UsageException("The route " + name + " needs " + kind.word() + ": start one with --with=" + kind.word()
                        + ", or say where yours is with the properties that " + file + " names");
            }
        }
        for (String property : required()) {
            if (!isSet.test(property) && !tells(servers, property)) {
                throw new UsageException("The route " + name + " needs the property " + property + ": " + file + " says what it is");
            }
        }
    }

    /** Whether one of the servers will say it when it runs. */
    private static boolean tells(ServerChoice servers, String property) {
        return servers.ports().keySet().stream().flatMap(kind -> kind.settings().stream()).anyMatch(property::startsWith);
    }

    /** @return the names of the accounts it reads as {@code name.provider}, {@code name.apiKey} ... */
    Set<String> accounts() {
        return required().stream().filter(name -> name.endsWith(ACCOUNT_KEY))
                .map(name -> name.substring(0, name.length() - ACCOUNT_KEY.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean servesHttp() {
        return text.lines().anyMatch(line -> line.startsWith("- rest:"));
    }

    /**
     * @param  server such as {@code 127.0.0.1:8090}
     * @return        its address, and the call that the comment at its top proposes first; empty = it serves no HTTP
     */
    List<String> httpHelp(String server) {
        Matcher path = REST_PATH.matcher(text);
        if (!path.find()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("HTTP:    http://" + server + path.group(1));
        Matcher call = FIRST_CALL.matcher(text);
        if (call.find()) {
            lines.add("Try it:  " + call.group(1).replace(DOCUMENTED_SERVER, server));
        }
        return lines;
    }

    /** Whether it makes local images fetchable for gateways that take URLs only. */
    boolean publishesMedia() {
        return PUBLISHER.matcher(code()).find();
    }

    private Set<ServerKind> needed() {
        Set<String> schemes = new TreeSet<>();
        for (Matcher uri = URI.matcher(text); uri.find();) {
            schemes.add(uri.group(1));
        }
        Set<ServerKind> kinds = new TreeSet<>();
        for (ServerKind kind : ServerKind.values()) {
            if (kind.schemes().stream().anyMatch(schemes::contains)) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    /** Without the lines that are comments. */
    private String code() {
        return text.lines().filter(line -> !line.strip().startsWith("#")).collect(Collectors.joining("\n"));
    }

    private Set<String> required() {
        Set<String> names = new TreeSet<>();
        String code = code();
        for (Matcher property = REQUIRED.matcher(code); property.find();) {
            names.add(property.group(1).strip());
        }
        for (Matcher parameter = TEMPLATE_PARAMETER.matcher(code); parameter.find();) {
            names.remove(parameter.group(1));
        }
        return names;
    }
}
