// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app.routes;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import jakarta.mail.BodyPart;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

/** Reads the mails that have come, by IMAP. */
final class Mailbox {

    private final Map<String, String> server;

    /** @param server what the mail server told about itself */
    Mailbox(Map<String, String> server) {
        this.server = server;
    }

    /** @return copies, which outlive the connection */
    List<MimeMessage> mails() throws Exception {
        String[] address = server.get("imap").split(":");
        Properties settings = new Properties();
        settings.put("mail.imap.partialfetch", "false");
        List<MimeMessage> mails = new ArrayList<>();
        try (Store store = Session.getInstance(settings).getStore("imap")) {
            store.connect(address[0], Integer.parseInt(address[1]), server.get("mailUser"), server.get("mailPassword"));
            try (Folder inbox = store.getFolder("INBOX")) {
                inbox.open(Folder.READ_ONLY);
                for (Message mail : inbox.getMessages()) {
                    mails.add(new MimeMessage((MimeMessage) mail));
                }
            }
        }
        return mails;
    }

    /** @return all parts that are no multiparts, as "path of multiparts/type", in order */
    static List<String> structure(Part part) throws Exception {
        List<String> found = new ArrayList<>();
        String type = part.getContentType().split("[;\r\n]")[0].strip().toLowerCase(Locale.ROOT);
        if (part.getContent() instanceof MimeMultipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                for (String inner : structure(parts.getBodyPart(i))) {
                    found.add(type.replace("multipart/", "") + " > " + inner);
                }
            }
            return found;
        }
        return List.of(type);
    }

    /** @return the first part of the type */
    static byte[] content(Part part, String type) throws Exception {
        if (part.isMimeType(type)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            part.getDataHandler().writeTo(bytes);
            return bytes.toByteArray();
        }
        if (part.getContent() instanceof MimeMultipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart inner = parts.getBodyPart(i);
                byte[] content = content(inner, type);
                if (content != null) {
                    return content;
                }
            }
        }
        return null;
    }
}
