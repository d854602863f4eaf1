// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.ModelOffer;
import io.github.grokvideo.component.provider.PathPart;
import io.github.grokvideo.component.provider.ResolvedRequest;

/** The rules of all models of a gateway. Checks requests and converts them to calls. Immutable. */
public final class RuleBook {

    private final Function<VideoRequest, String> defaultModel;
    private final List<ModelRules> models;
    private final ModelRules unknownModels;

    /**
     * @param defaultModel  for a request without a model
     * @param unknownModels rules the gateway's models share, without limits that may not apply to a newer model
     */
    public RuleBook(Function<VideoRequest, String> defaultModel, ModelRules unknownModels, List<ModelRules> models) {
        this.defaultModel = defaultModel;
        this.unknownModels = unknownModels;
        this.models = List.copyOf(models);
    }

    /** @return the request with model and mode filled in and without a blank prompt, every violation, and its estimated cost */
    public ResolvedRequest resolve(VideoRequest asked) {
        VideoRequest request = asked.toBuilder()
                .model(asked.model() == null || asked.model().isBlank() ? defaultModel.apply(asked) : asked.model())
                .prompt(asked.prompt() == null || asked.prompt().isBlank() ? null : asked.prompt())
                .build();
        ModelRules model = rulesOf(request.model());
        ModeChoice choice = ModeChoice.of(request, model);
        if (choice.rules() == null) {
            List<Violation> violations = new ArrayList<>(List.of(choice.violation()));
            if (request.mode() != null) {
                // Other violations may not apply in the mode the user meant.
                return new ResolvedRequest(request, violations, null);
            }
            request.given().forEach((name, value) -> {
                if (model.modes().stream().noneMatch(mode -> mode.takes(name))) {
                    violations.add(notTaken(name, value, request.model(), model.modes().get(0)));
                }
            });
            return new ResolvedRequest(request, violations, null);
        }
        ModeRules mode = choice.rules();
        VideoRequest resolved = withLength(request.toBuilder().mode(mode.mode()).build(), mode);
        List<Violation> violations = validate(resolved, mode);
        RequestBody body = RequestBody.of(resolved, model, mode, "ours");
        violations.addAll(body.clashes());
        List<Violation> warnings = mode.warnings().stream().flatMap(check -> check.check(resolved).stream()).toList();
        return new ResolvedRequest(resolved, violations, warnings, violations.isEmpty() ? estimate(resolved, mode) : null);
    }

    /** @return accepted forms of the field's media, preferred form first; of all modes if the mode is undecided */
    public Set<MediaForm> mediaForms(VideoRequest request, String field) {
        ModelRules model = rulesOf(request.model() == null ? defaultModel.apply(request) : request.model());
        ModeRules mode = ModeChoice.of(request, model).rules();
        Set<MediaForm> forms = new LinkedHashSet<>();
        for (ModeRules rules : mode == null ? model.modes() : List.of(mode)) {
            rules.field(field).ifPresent(rule -> forms.addAll(rule.forms()));
        }
        return forms;
    }

    /** @return what the models accept, for forms; those this release does not know come last, without a name */
    public List<ModelOffer> offers() {
        return Stream.concat(models.stream(), Stream.of(unknownModels)).flatMap(ModelRules::offers).toList();
    }

    /**
     * @param  request resolved
     * @throws IllegalArgumentException if it is not resolved or has violations, a fault of the caller
     */
    public HttpCall submit(VideoRequest request, String jobId) {
        ModelRules model = rulesOf(request.model());
        ModeRules mode = model.mode(request.mode())
                .orElseThrow(() -> new IllegalArgumentException("The request is not resolved: " + request));
        RequestBody body = RequestBody.of(request, model, mode, jobId);
        List<Violation> violations = validate(request, mode);
        violations.addAll(body.clashes());
        if (!violations.isEmpty() || !isSendable(request, mode)) {
            throw new IllegalArgumentException("The request cannot be sent: " + violations + " " + request);
        }
        HttpCall call = HttpCall.post(path(request, mode), body.json());
        Map<String, Object> given = request.given();
        for (FieldRule field : mode.fields()) {
            if (field.parameter() != null && given.containsKey(field.name())) {
                call = call.withQuery(field.parameter(), given.get(field.name()).toString());
            }
        }
        return call;
    }

    private static String path(VideoRequest request, ModeRules mode) {
        String path = mode.path().replace("{model}", segments(request.model()));
        return path.contains("{video}") ? path.replace("{video}", PathPart.of(Spelling.address(request.video()))) : path;
    }

    /** Model ids may have slashes, which stay. */
    private static String segments(String model) {
        return Arrays.stream(model.split("/", -1)).map(PathPart::of).collect(Collectors.joining("/"));
    }

    private static VideoRequest withLength(VideoRequest request, ModeRules mode) {
        if (mode.defaultSeconds() == null || request.duration() != null
                || mode.field("duration").filter(rule -> isAdditional(rule, request)).isPresent()) {
            return request;
        }
        return request.toBuilder().duration(mode.defaultSeconds()).build();
    }

    private ModelRules rulesOf(String id) {
        return models.stream().filter(model -> model.ids().contains(id)).findFirst().orElse(unknownModels);
    }

    private static List<Violation> validate(VideoRequest request, ModeRules mode) {
        List<Violation> violations = new ArrayList<>();
        Map<String, Object> given = request.given();
        given.forEach((name, value) -> mode.field(name).ifPresentOrElse(
                rule -> rule.validate(value, violations),
                () -> violations.add(notTaken(name, value, request.model(), mode))));
        if (violations.isEmpty()) {
            mode.checks().forEach(check -> check.check(request).ifPresent(violations::add));
        }
        for (FieldRule rule : mode.fields()) {
            boolean missing = rule.required() && !given.containsKey(rule.name());
            if (missing && !isAdditional(rule, request)) {
                violations.add(new Violation(rule.name(), null, rule.missing()));
            }
        }
        return violations;
    }

    private static Violation notTaken(String name, Object value, String model, ModeRules mode) {
        return new Violation(name, Shown.value(name, value), "is not supported by " + model + " in mode " + mode.mode()
                + ", which supports " + mode.fieldNames());
    }

    /** Users may pass a field under the gateway's own name, at their own risk. */
    private static boolean isAdditional(FieldRule rule, VideoRequest request) {
        Set<String> names = request.additionalFields().keySet();
        return rule.wire() != null && (names.contains(rule.wire()) || names.contains(lastName(rule.wire()))
                || rule.aliases().stream().anyMatch(alias -> names.contains(alias) || names.contains(lastName(alias))));
    }

    private static String lastName(String wire) {
        return wire.substring(wire.lastIndexOf('.') + 1);
    }

    /** Additional fields may change the price in unknown ways. */
    private static Cost estimate(VideoRequest request, ModeRules mode) {
        return request.additionalFields().isEmpty() ? mode.price().of(request) : null;
    }

    private static boolean isSendable(VideoRequest request, ModeRules mode) {
        return request.media().entrySet().stream().allMatch(field -> {
            Set<MediaForm> forms = mode.field(field.getKey()).orElseThrow().forms();
            return field.getValue().stream().allMatch(media -> MediaCheck.isSendable(media, forms));
        });
    }
}
