package io.github.grokvideo.component.provider.answers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import io.github.grokvideo.component.provider.HttpAnswer;

/**
 * What an answer says about an error, whichever of the gateways' envelopes it uses: {@code {"error":{code,message,request_id}}} with
 * a text or a number as code, {@code {code,"error":"text"}}, {@code {code,msg}}, {@code {"success":false,message}}, or plain text.
 * Cut and cleaned.
 *
 * @param code      null = none
 * @param message   null = none
 * @param requestId null = none
 */
public record GatewayError(String code, String message, String requestId) {

    private static final Pattern MODERATION = Pattern.compile(
            "(?i)content[ _-]?(policy|moderation|violation|filter)|moderat(ed|ion)|sensitive content"
                    + "|violat\\w+ .{0,40}(polic(y|ies)|guidelines)");

    public static GatewayError of(HttpAnswer answer) {
        return of(answer, answer.json());
    }

    /** @param body the object that holds the error, which may be a part of the answer */
    public static GatewayError of(HttpAnswer answer, JsonNode body) {
        JsonNode error = body.path("error");
        boolean nested = error.isObject();
        String message = nested ? first(error.path("message"), error.path("msg"), error.path("error"), error.path("detail"))
                : first(error, body.path("message"), body.path("msg"), body.path("detail"));
        if (message == null && !body.isContainerNode() && !answer.body().stripLeading().startsWith("<")
                && !answer.body().stripLeading().startsWith("{")) {
            message = answer.body();
        }
        String code = nested ? first(error.path("code"), body.path("code"), error.path("type")) : first(body.path("code"));
        String requestId = first(error.path("request_id"));
        return new GatewayError(
                Told.clean(code, 80), Told.message(message),
                Told.clean(requestId != null ? requestId : answer.headers().get("X-Request-Id"), 120));
    }

    /** Whether the body names an error, where its HTTP status does not. */
    static boolean isIn(JsonNode body) {
        JsonNode error = body.path("error");
        return error.isObject() && !error.isEmpty() || Told.scalar(error) != null
                || body.path("success").isBoolean() && !body.path("success").asBoolean();
    }

    /** Whether it speaks of content moderation. */
    public boolean isModeration() {
        return code != null && MODERATION.matcher(code).find() || message != null && MODERATION.matcher(message).find();
    }

    /** The message as the end of a clause. */
    public String quoted() {
        return message == null ? "" : ": \"" + message + "\"";
    }

    private static String first(JsonNode... nodes) {
        for (JsonNode node : nodes) {
            String text = Told.scalar(node);
            if (text != null) {
                return text;
            }
        }
        return null;
    }
}
