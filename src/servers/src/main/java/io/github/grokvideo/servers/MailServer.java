// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.servers;

import java.util.Map;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

/** SMTP and IMAP. Mails are kept in memory only. */
final class MailServer implements LocalServer {

    private static final String USER = "studio";
    private static final String PASSWORD = "studio";
    private static final String ADDRESS = USER + "@localhost";
    private static final long START_MILLIS = 10_000;

    private final GreenMail mail;

    private MailServer(GreenMail mail) {
        this.mail = mail;
    }

    /** @param port of SMTP; IMAP takes a free one */
    static MailServer start(int port) {
        GreenMail mail = new GreenMail(new ServerSetup[] {
                setup(port, ServerSetup.PROTOCOL_SMTP), setup(0, ServerSetup.PROTOCOL_IMAP)});
        mail.setUser(ADDRESS, USER, PASSWORD);
        mail.start();
        return new MailServer(mail);
    }

    private static ServerSetup setup(int port, String protocol) {
        ServerSetup setup = new ServerSetup(port, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(START_MILLIS);
        return setup;
    }

    @Override
    public String line() {
        return "Mail: SMTP at 127.0.0.1:" + mail.getSmtp().getPort() + ", IMAP at 127.0.0.1:" + mail.getImap().getPort()
                + ", mailbox " + ADDRESS + ", user " + USER + ", password " + PASSWORD + ", in memory";
    }

    @Override
    public Map<String, String> properties() {
        return Map.of("smtp", "127.0.0.1:" + mail.getSmtp().getPort(), "imap", "127.0.0.1:" + mail.getImap().getPort(),
                "mailUser", USER, "mailPassword", PASSWORD, "mailTo", ADDRESS);
    }

    @Override
    public void close() {
        mail.stop();
    }
}
