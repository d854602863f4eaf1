// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.submit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.provider.ModelOffer;
import io.github.grokvideo.component.provider.ResolvedRequest;
import io.github.grokvideo.component.store.spend.BudgetUse;

/** The answers to forms, as JSON. */
final class SubmitView {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SubmitView() {
    }

    static String write(Map<String, Object> answer) {
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The answer could not be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    static Map<String, Object> offer(SubmitAccount account) {
        Map<String, Object> map = new LinkedHashMap<>();
        String model = account.account().model();
        map.put("name", account.name());
        map.put("provider", account.account().provider().name());
        map.put("model", model == null ? account.account().provider().defaultModel() : model);
        map.put("keeps", account.directory() != null);
        map.put("models", account.account().provider().models().stream().map(SubmitView::offer).toList());
        return map;
    }

    private static Map<String, Object> offer(ModelOffer model) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", model.model());
        map.put("modes", model.modes().stream().map(mode -> Map.of("mode", mode.mode().value(), "fields",
                mode.fields().stream().filter(field -> SubmitForm.FIELDS.contains(field.name()) || field.name().equals("images"))
                        .map(SubmitView::offer).toList())).toList());
        return map;
    }

    private static Map<String, Object> offer(ModelOffer.Field field) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", field.name());
        map.put("required", field.required());
        map.put("allowed", field.allowed());
        map.put("choices", field.choices());
        return map;
    }

    /** @param complete whether all of the request was stored */
    static Map<String, Object> again(VideoJob job, EarlierRequest request, boolean complete) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("job", job.id());
        map.put("account", job.account());
        map.put("complete", complete);
        map.put("fields", request.shown());
        map.put("images", request.images());
        map.put("keep", request.kept());
        return map;
    }

    static Map<String, Object> made(String jobId) {
        return Map.of("job", jobId);
    }

    /** @param jobId of the job that the form has made before, with other contents or another account: there is no other one now */
    static Map<String, Object> already(String jobId) {
        return Map.of("already", jobId);
    }

    /** @param why there is no job, and nothing was charged */
    static Map<String, Object> refused(String why) {
        return Map.of("refused", why);
    }

    /**
     * @param violations every rule that the form breaks
     * @param hidden     names of fields whose values are not shown
     */
    static Map<String, Object> refused(List<Violation> violations, Set<String> hidden) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("violations", lines(violations, hidden));
        return map;
    }

    /**
     * @param uses   how full the budgets are that limit the job
     * @param hidden names of fields whose values are not shown
     */
    static Map<String, Object> checked(ResolvedRequest resolved, List<BudgetUse> uses, Set<String> hidden) {
        Map<String, Object> map = refused(resolved.violations(), hidden);
        map.put("warnings", lines(resolved.warnings(), hidden));
        map.put("model", resolved.request().model());
        map.put("mode", resolved.request().mode() == null ? null : resolved.request().mode().value());
        Cost cost = resolved.estimate();
        map.put("estimate", cost == null ? null : Map.of("amount", Cost.text(cost.amount()), "unit", cost.unit()));
        map.put("budgets", uses.stream().map(use -> budget(use, cost)).toList());
        return map;
    }

    /** What is left after the job is null where its cost is not known in the budget's unit. */
    private static Map<String, Object> budget(BudgetUse use, Cost cost) {
        String unit = use.window().budget().limit().unit();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("budget", use.window().name());
        map.put("unit", unit);
        map.put("left", Cost.text(use.left()));
        map.put("leftAfter", cost == null || !cost.unit().equals(unit) ? null : Cost.text(use.left().subtract(cost.amount())));
        return map;
    }

    private static List<Map<String, Object>> lines(List<Violation> violations, Set<String> hidden) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Violation violation : violations) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("field", violation.field());
            line.put("value", hidden.contains(violation.field()) ? null : violation.value());
            line.put("allowed", violation.allowed());
            lines.add(line);
        }
        return lines;
    }
}
