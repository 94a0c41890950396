package io.segue.net;

import java.net.InetSocketAddress;

/** SIP as text, written by hand so that the tests share no code with the writer. */
final class Text {
    private Text() {}

    static String hostPort(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    static String request(String method, String transport, String sentBy, String branch, String... extraHeaders) {
        StringBuilder text = new StringBuilder();
        text.append(method).append(" sip:+15550100@127.0.0.1 SIP/2.0\r\n");
        text.append("Via: SIP/2.0/")
                .append(transport)
                .append(' ')
                .append(sentBy)
                .append(";branch=z9hG4bK");
        text.append(branch).append("\r\n");
        text.append("Max-Forwards: 70\r\nFrom: <sip:caller@127.0.0.1>;tag=caller\r\nTo: <sip:+15550100@127.0.0.1>");
        text.append(method.equals("BYE") ? ";tag=ourtag" : "").append("\r\n");
        text.append("Call-ID: call-")
                .append(branch)
                .append("\r\nCSeq: 1 ")
                .append(method)
                .append("\r\n");
        text.append("Contact: <sip:caller@").append(sentBy).append(">\r\n");
        for (String header : extraHeaders) {
            text.append(header).append("\r\n");
        }
        return text.append("Content-Length: 0\r\n\r\n").toString();
    }

    static String answer(String request, int status) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + status + " Because\r\n");
        for (String line : request.split("\r\n", -1)) {
            if (line.startsWith("Via:")
                    || line.startsWith("From:")
                    || line.startsWith("Call-ID:")
                    || line.startsWith("CSeq:")) {
                text.append(line).append("\r\n");
            } else if (line.startsWith("To:")) {
                text.append(line).append(";tag=theirs\r\n");
            }
        }
        return text.append("Content-Length: 0\r\n\r\n").toString();
    }

    static String firstLine(String message) {
        return message.substring(0, message.indexOf('\r'));
    }
}
