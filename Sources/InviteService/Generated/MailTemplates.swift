// Made by Scripts/generate-pages from Sources/Templates. Do not edit.
// swift-format-ignore-file

/// Mails to organizers, plain and HTML.
enum MailTemplates {
    static let campaignFinished = NoticeText.Files(
        plain: ##"""
            Subject: Sent: {{title}}

            The campaign for your event "{{title}}" is finished.

            Invited: {{sent}}
            {{#skipped}}Left out, because they have the invitation or want none: {{skipped}}
            {{/skipped}}{{#failed}}Refused by the mail service: {{failed}}
            {{/failed}}{{#dropped}}Not used of the list's {{rows}} rows: {{dropped}}
            {{/dropped}}
            WATCH THE ANSWERS
            {{dashboard}}

            CHANGE OR CANCEL IT
            Do so in your own calendar: everybody who was invited gets the change.

            Event UID: {{uid}}
            Campaign: {{campaign}}

            """##,
        html: ##"""
            <h1 style="margin:12px 0 12px;font-size:22px;line-height:1.3;font-weight:bold">Your campaign is finished</h1>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">It sent <strong>{{title}}</strong> to a list.</p>
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px;border-collapse:collapse"><tr>
            <td style="padding:10px 2px;font-size:14px;text-align:center;border:1px solid #d0d7de" width="33%"><span style="font-size:22px;line-height:1.2;font-weight:bold">{{sent}}</span><br>Invited</td>
            <td style="padding:10px 2px;font-size:14px;text-align:center;border:1px solid #d0d7de" width="34%"><span style="font-size:22px;line-height:1.2;font-weight:bold">{{left}}</span><br>Left out</td>
            <td style="padding:10px 2px;font-size:14px;text-align:center;border:1px solid #d0d7de" width="33%"><span style="font-size:22px;line-height:1.2;font-weight:bold">{{refused}}</span><br>Refused</td>
            </tr></table>
            {{#skipped}}<p style="margin:0 0 14px;color:#57606a;font-size:14px;overflow-wrap:anywhere;word-break:break-word">Left out are {{skipped}} people who have the invitation already, or want none.</p>
            {{/skipped}}{{#failed}}<p style="margin:0 0 14px;color:#57606a;font-size:14px;overflow-wrap:anywhere;word-break:break-word">The mail service refused {{failed}} addresses.</p>
            {{/failed}}{{#dropped}}<p style="margin:0 0 14px;color:#57606a;font-size:14px;overflow-wrap:anywhere;word-break:break-word">Not used of the list’s {{rows}} rows: {{dropped}}.</p>
            {{/dropped}}<p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word"><a href="{{dashboard}}" style="display:inline-block;padding:11px 22px;border-radius:6px;background:{{colour}};color:#ffffff;font-weight:bold;text-decoration:none">Watch the answers</a></p>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">To change or cancel the event, do so in your own calendar: everybody who was invited gets the change.</p>
            <p style="margin:0 0 14px;color:#57606a;font-size:14px;overflow-wrap:anywhere;word-break:break-word;margin-bottom:0">Event UID <span style="font:14px/1.5 Consolas,Menlo,monospace;overflow-wrap:anywhere;word-break:break-all">{{uid}}</span><br>Campaign <span style="font:14px/1.5 Consolas,Menlo,monospace;overflow-wrap:anywhere;word-break:break-all">{{campaign}}</span></p>

            """##)
    static let campaignPaused = NoticeText.Files(
        plain: ##"""
            Subject: Campaign paused: {{title}}

            The campaign for the event "{{title}}" was paused: {{reason}}

            Mailbox providers stop taking mail from a domain whose mails bounce or are reported. Nothing more is sent from this list
            until somebody resumes the campaign. Look at where its addresses come from first.

            Event UID: {{uid}}
            Campaign: {{campaign}}

            To go on nevertheless, use the dashboard, {{dashboard}}, or:

                curl -X POST {{url}}/event/{{uid}}/campaigns/{{campaign}}/resume -H "x-api-key: $KEY"

            """##,
        html: ##"""
            <h1 style="margin:12px 0 12px;font-size:22px;line-height:1.3;font-weight:bold">Your campaign was paused</h1>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">It sends <strong>{{title}}</strong> to a list.</p>
            <p style="margin:0 0 14px;padding:12px 16px;background:#fdf1f0;border-left:4px solid #b93a31;overflow-wrap:anywhere;word-break:break-word">{{reason}}</p>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">Mailbox providers stop taking mail from a domain whose mails bounce or are reported. Nothing more is sent from this list until somebody resumes the campaign. Look at where its addresses come from first.</p>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word"><a href="{{dashboard}}" style="display:inline-block;padding:11px 22px;border-radius:6px;background:{{colour}};color:#ffffff;font-weight:bold;text-decoration:none">Open the dashboard</a></p>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">To go on nevertheless, resume it there, or:</p>
            <pre style="margin:0 0 14px;padding:12px 16px;background:#f3f5f7;font:13px/1.5 Consolas,Menlo,monospace;white-space:pre-wrap;overflow-wrap:anywhere;word-break:break-word">curl -X POST {{url}}/event/{{uid}}/campaigns/{{campaign}}/resume -H "x-api-key: $KEY"</pre>

            """##)
    static let created = NoticeText.Files(
        plain: ##"""
            Subject: Event created: {{title}}

            Your event "{{title}}" was created. Nobody has been invited yet.

            {{#when}}When: {{when}}
            {{/when}}{{#location}}Where: {{location}}
            {{/location}}Event UID: {{uid}}

            SHARE IT
            At this address anybody can ask for an invitation; put it on a page or behind a button:
            {{invite}}

            SEND IT TO A LIST
            Start a campaign on the dashboard, or with your API key, which the owner of {{domain}} gives you:

                curl -X POST {{url}}/event/{{uid}}/campaigns \
                  -H "x-api-key: $KEY" -H "content-type: application/json" \
                  -d '{"addresses":["bob@example.com"]}'

            For a file of any length, POST to {{url}}/event/{{uid}}/lists first: the answer has an address to upload it to, and the
            "source" to name in place of "addresses".

            WATCH THE ANSWERS
            {{dashboard}}

            CHANGE OR CANCEL IT
            Do so in your own calendar: everybody who was invited gets the change.

            """##,
        html: ##"""
            <h1 style="margin:12px 0 12px;font-size:22px;line-height:1.3;font-weight:bold">Your event was created</h1>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">Nobody has been invited yet.</p>
            <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px">
            <tr><td style="padding:3px 16px 3px 0;color:#57606a;vertical-align:top;white-space:nowrap">What</td><td style="padding:3px 0;vertical-align:top;overflow-wrap:anywhere;word-break:break-word"><strong>{{title}}</strong></td></tr>
            {{#when}}<tr><td style="padding:3px 16px 3px 0;color:#57606a;vertical-align:top;white-space:nowrap">When</td><td style="padding:3px 0;vertical-align:top;overflow-wrap:anywhere;word-break:break-word">{{when}}</td></tr>
            {{/when}}{{#location}}<tr><td style="padding:3px 16px 3px 0;color:#57606a;vertical-align:top;white-space:nowrap">Where</td><td style="padding:3px 0;vertical-align:top;overflow-wrap:anywhere;word-break:break-word">{{location}}</td></tr>
            {{/location}}<tr><td style="padding:3px 16px 3px 0;color:#57606a;vertical-align:top;white-space:nowrap">Event UID</td><td style="padding:3px 0;vertical-align:top;overflow-wrap:anywhere;word-break:break-word"><span style="font:14px/1.5 Consolas,Menlo,monospace;overflow-wrap:anywhere;word-break:break-all">{{uid}}</span></td></tr>
            </table>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word"><a href="{{dashboard}}" style="display:inline-block;padding:11px 22px;border-radius:6px;background:{{colour}};color:#ffffff;font-weight:bold;text-decoration:none">Open the dashboard</a></p>
            <h2 style="margin:24px 0 8px;font-size:16px;line-height:1.4;font-weight:bold">Share it</h2>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">At this address anybody can ask for an invitation; put it on a page or behind a button:<br>
            <a href="{{invite}}" style="color:{{colour}};overflow-wrap:anywhere;word-break:break-all">{{invite}}</a></p>
            <h2 style="margin:24px 0 8px;font-size:16px;line-height:1.4;font-weight:bold">Send it to a list</h2>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">Start a campaign on the dashboard, or with your API key, which the owner of {{domain}} gives you:</p>
            <pre style="margin:0 0 14px;padding:12px 16px;background:#f3f5f7;font:13px/1.5 Consolas,Menlo,monospace;white-space:pre-wrap;overflow-wrap:anywhere;word-break:break-word">curl -X POST {{url}}/event/{{uid}}/campaigns \
              -H "x-api-key: $KEY" -H "content-type: application/json" \
              -d '{"addresses":["bob@example.com"]}'</pre>
            <p style="margin:0 0 14px;color:#57606a;font-size:14px;overflow-wrap:anywhere;word-break:break-word">For a file of any length, POST to <span style="font:14px/1.5 Consolas,Menlo,monospace;overflow-wrap:anywhere;word-break:break-all">…/event/{{uid}}/lists</span> first: the answer has an address to upload it to, and the “source” to name in place of “addresses”.</p>
            <h2 style="margin:24px 0 8px;font-size:16px;line-height:1.4;font-weight:bold">Change or cancel it</h2>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word;margin-bottom:0">Do so in your own calendar: everybody who was invited gets the change.</p>

            """##)
    static let enrolled = NoticeText.Files(
        plain: ##"""
            Subject: You are enrolled

            Thank you for your order {{order}}. You can invite lists to your events now.

            To create an event, invite {{create}} to it in your own calendar. You then get a mail that says how to send it to a list.

            """##,
        html: ##"""
            <h1 style="margin:12px 0 12px;font-size:22px;line-height:1.3;font-weight:bold">You are enrolled</h1>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">Thank you for your order {{order}}. You can invite lists to your events now.</p>
            <h2 style="margin:24px 0 8px;font-size:16px;line-height:1.4;font-weight:bold">What to do next</h2>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word;margin-bottom:0">Invite <a href="mailto:{{create}}" style="color:{{colour}};overflow-wrap:anywhere;word-break:break-all">{{create}}</a> to an event in your own calendar. You then get a mail that says how to send it to a list.</p>

            """##)
    static let layout = NoticeText.Files(
        plain: ##"""
            {{{content}}}

            -- 
            {{brand}} wrote this to {{recipient}}{{^guest}}, who organizes events at {{domain}}{{/guest}}.
            It was written by a machine; nobody reads answers to it.

            """##,
        html: ##"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light">
            <title>{{subject-line}}</title>
            </head>
            <body style="margin:0;padding:0;background:#f3f5f7;color:#1b1f24;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;-webkit-text-size-adjust:100%">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f3f5f7"><tr><td align="center" style="padding:24px 12px">
            <table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;background:#ffffff;border:1px solid #d0d7de;border-radius:8px">
            <tr><td style="padding:20px 32px 0;font:bold 15px/1.4 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:{{colour}};border-top:4px solid {{colour}};border-radius:8px 8px 0 0">{{#logo}}<img src="{{logo}}" alt="{{brand}}" height="40" style="display:block;height:40px;max-width:240px;border:0">{{/logo}}{{^logo}}{{brand}}{{/logo}}</td></tr>
            <tr><td style="padding:8px 32px 28px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1b1f24">
            {{{content}}}
            </td></tr>
            </table>
            <table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px"><tr><td style="padding:16px 32px 32px;font:13px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#57606a">
            {{brand}} wrote this to {{recipient}}{{^guest}}, who organizes events at {{domain}}{{/guest}}. It was written by a machine; nobody reads answers to it.
            </td></tr></table>
            </td></tr></table>
            </body>
            </html>

            """##)
    static let limitReached = NoticeText.Files(
        plain: ##"""
            Subject: Nobody else can be invited: {{title}}

            {{limit}} people were invited to your event "{{title}}", and you may not invite more to one event.

            Those who come after them get no invitation, whether they ask for one or stand in a list: a list's figures count them as
            over_limit. Ask the owner of this domain for more, then start the list again: whoever was invited gets nothing twice.

            Watch the answers: {{dashboard}}

            Event UID: {{uid}}

            """##,
        html: ##"""
            <h1 style="margin:12px 0 12px;font-size:22px;line-height:1.3;font-weight:bold">Nobody else can be invited</h1>
            <p style="margin:0 0 14px;padding:12px 16px;background:#fdf1f0;border-left:4px solid #b93a31;overflow-wrap:anywhere;word-break:break-word">{{limit}} people were invited to <strong>{{title}}</strong>, and you may not invite more to one event.</p>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">Those who come after them get no invitation, whether they ask for one or stand in a list. A list’s figures count them as “over limit”.</p>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">Ask the owner of this domain for more, then start the list again: whoever was invited gets nothing twice.</p>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word"><a href="{{dashboard}}" style="display:inline-block;padding:11px 22px;border-radius:6px;background:{{colour}};color:#ffffff;font-weight:bold;text-decoration:none">Open the dashboard</a></p>
            <p style="margin:0 0 14px;color:#57606a;font-size:14px;overflow-wrap:anywhere;word-break:break-word;margin-bottom:0">Event UID <span style="font:14px/1.5 Consolas,Menlo,monospace;overflow-wrap:anywhere;word-break:break-all">{{uid}}</span></p>

            """##)
    static let listFailed = NoticeText.Files(
        plain: ##"""
            Subject: List not sent: {{title}}

            The list for your event "{{title}}" could not be sent.

            {{reason}}

            Event UID: {{uid}}
            Campaign: {{campaign}}

            """##,
        html: ##"""
            <h1 style="margin:12px 0 12px;font-size:22px;line-height:1.3;font-weight:bold">Your list could not be sent</h1>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">It was for <strong>{{title}}</strong>.</p>
            <p style="margin:0 0 14px;padding:12px 16px;background:#fdf1f0;border-left:4px solid #b93a31;overflow-wrap:anywhere;word-break:break-word">{{reason}}</p>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word"><a href="{{dashboard}}" style="display:inline-block;padding:11px 22px;border-radius:6px;background:{{colour}};color:#ffffff;font-weight:bold;text-decoration:none">Open the dashboard</a></p>
            <p style="margin:0 0 14px;color:#57606a;font-size:14px;overflow-wrap:anywhere;word-break:break-word;margin-bottom:0">Event UID <span style="font:14px/1.5 Consolas,Menlo,monospace;overflow-wrap:anywhere;word-break:break-all">{{uid}}</span><br>Campaign <span style="font:14px/1.5 Consolas,Menlo,monospace;overflow-wrap:anywhere;word-break:break-all">{{campaign}}</span></p>

            """##)
    static let listRefused = NoticeText.Files(
        plain: ##"""
            Subject: List not sent: {{about}}

            {{#subject}}Your list "{{subject}}" was not sent.
            {{/subject}}{{^subject}}Your list was not sent.
            {{/subject}}
            {{explanation}}

            Reference: {{code}}

            """##,
        html: ##"""
            <h1 style="margin:12px 0 12px;font-size:22px;line-height:1.3;font-weight:bold">Your list was not sent</h1>
            {{#subject}}<p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">It came with the mail “{{subject}}”.</p>
            {{/subject}}<p style="margin:0 0 14px;padding:12px 16px;background:#fdf1f0;border-left:4px solid #b93a31;overflow-wrap:anywhere;word-break:break-word">{{explanation}}</p>
            <p style="margin:0 0 14px;color:#57606a;font-size:14px;overflow-wrap:anywhere;word-break:break-word;margin-bottom:0">Reference: {{code}}</p>

            """##)
    static let listTaken = NoticeText.Files(
        plain: ##"""
            Subject: List read: {{accepted}} accepted, {{rejected}} rejected

            Your list{{#about}} "{{about}}"{{/about}} was read.

            Accepted: {{accepted}}
            Rejected: {{rejected}}

            The attached file says for every row what became of it, and why.

            {{#campaigns}}{{campaigns}}
            {{/campaigns}}{{^campaigns}}Nobody was invited.
            {{/campaigns}}
            """##,
        html: ##"""
            <h1 style="margin:12px 0 12px;font-size:22px;line-height:1.3;font-weight:bold">Your list was read</h1>
            {{#about}}<p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">It came with the mail “{{about}}”.</p>
            {{/about}}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px;border-collapse:collapse"><tr>
            <td style="padding:10px 2px;font-size:14px;text-align:center;border:1px solid #d0d7de" width="50%"><span style="font-size:22px;line-height:1.2;font-weight:bold">{{accepted}}</span><br>Accepted</td>
            <td style="padding:10px 2px;font-size:14px;text-align:center;border:1px solid #d0d7de" width="50%"><span style="font-size:22px;line-height:1.2;font-weight:bold">{{rejected}}</span><br>Rejected</td>
            </tr></table>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">The attached file says for every row what became of it, and why.</p>
            {{#campaigns}}<div style="margin:0 0 14px;padding:12px 16px;background:#f3f5f7;font:13px/1.5 Consolas,Menlo,monospace;overflow-wrap:anywhere;word-break:break-word">{{campaigns}}</div>
            {{/campaigns}}{{^campaigns}}<p style="margin:0 0 14px;padding:12px 16px;background:#fdf1f0;border-left:4px solid #b93a31;overflow-wrap:anywhere;word-break:break-word">Nobody was invited.</p>
            {{/campaigns}}<p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word;margin-bottom:0"><a href="{{dashboard}}" style="display:inline-block;padding:11px 22px;border-radius:6px;background:{{colour}};color:#ffffff;font-weight:bold;text-decoration:none">Open the dashboard</a></p>

            """##)
    static let proposed = NoticeText.Files(
        plain: ##"""
            Subject: New time proposed: {{title}}

            {{attendee}} proposes another time for "{{title}}"{{#instead}} of {{instead}}{{/instead}}:

            {{when}}
            {{#comment}}
            They say: {{comment}}
            {{/comment}}
            To agree, move the event in your own calendar: everybody is asked again. To leave it as it is, do nothing.

            """##,
        html: ##"""
            <h1 style="margin:12px 0 12px;font-size:22px;line-height:1.3;font-weight:bold">Another time was proposed</h1>
            <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px">
            <tr><td style="padding:3px 16px 3px 0;color:#57606a;vertical-align:top;white-space:nowrap">Event</td><td style="padding:3px 0;vertical-align:top;overflow-wrap:anywhere;word-break:break-word"><strong>{{title}}</strong></td></tr>
            {{#instead}}<tr><td style="padding:3px 16px 3px 0;color:#57606a;vertical-align:top;white-space:nowrap">Of</td><td style="padding:3px 0;vertical-align:top;overflow-wrap:anywhere;word-break:break-word">{{instead}}</td></tr>
            {{/instead}}<tr><td style="padding:3px 16px 3px 0;color:#57606a;vertical-align:top;white-space:nowrap">Proposed</td><td style="padding:3px 0;vertical-align:top;overflow-wrap:anywhere;word-break:break-word"><strong>{{when}}</strong></td></tr>
            <tr><td style="padding:3px 16px 3px 0;color:#57606a;vertical-align:top;white-space:nowrap">By</td><td style="padding:3px 0;vertical-align:top;overflow-wrap:anywhere;word-break:break-word">{{attendee}}</td></tr>
            {{#comment}}<tr><td style="padding:3px 16px 3px 0;color:#57606a;vertical-align:top;white-space:nowrap">They say</td><td style="padding:3px 0;vertical-align:top;overflow-wrap:anywhere;word-break:break-word">{{comment}}</td></tr>
            {{/comment}}</table>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">To agree, move the event in your own calendar: everybody is asked again. To leave it as it is, do nothing.</p>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word;margin-bottom:0"><a href="{{dashboard}}" style="display:inline-block;padding:11px 22px;border-radius:6px;background:{{colour}};color:#ffffff;font-weight:bold;text-decoration:none">Open the dashboard</a></p>

            """##)
    static let refused = NoticeText.Files(
        plain: ##"""
            Subject: Not created: {{about}}

            {{#subject}}Your mail "{{subject}}" made no event.
            {{/subject}}{{^subject}}Your mail made no event.
            {{/subject}}
            {{explanation}}

            Reference: {{code}}

            """##,
        html: ##"""
            <h1 style="margin:12px 0 12px;font-size:22px;line-height:1.3;font-weight:bold">Your mail made no event</h1>
            {{#subject}}<p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">It was the mail “{{subject}}”.</p>
            {{/subject}}<p style="margin:0 0 14px;padding:12px 16px;background:#fdf1f0;border-left:4px solid #b93a31;overflow-wrap:anywhere;word-break:break-word">{{explanation}}</p>
            <p style="margin:0 0 14px;color:#57606a;font-size:14px;overflow-wrap:anywhere;word-break:break-word;margin-bottom:0">Reference: {{code}}</p>

            """##)
    static let report = NoticeText.Files(
        plain: ##"""
            Subject: Attendees of {{title}}{{#part}} (part {{part}}){{/part}}

            The attendees of "{{title}}" are in the attached table, {{rows}}{{#more}} in this part; the next part follows{{/more}}.

            Invites sent: {{sent}}
            Yes: {{yes}}
            No: {{no}}
            Maybe: {{maybe}}
            No answer: {{none}}

            A cell that a spreadsheet would take for a formula begins with an apostrophe.
            The figures of this moment: {{dashboard}}

            """##,
        html: ##"""
            <h1 style="margin:12px 0 12px;font-size:22px;line-height:1.3;font-weight:bold">Attendees of {{title}}</h1>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">They are in the attached table, {{rows}}{{#more}} in this part; the next part follows{{/more}}.</p>
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px;border-collapse:collapse"><tr>
            <td style="padding:10px 2px;font-size:14px;text-align:center;border:1px solid #d0d7de" width="20%"><span style="font-size:22px;line-height:1.2;font-weight:bold">{{sent}}</span><br>Sent</td>
            <td style="padding:10px 2px;font-size:14px;text-align:center;border:1px solid #d0d7de" width="20%"><span style="font-size:22px;line-height:1.2;font-weight:bold">{{yes}}</span><br>Yes</td>
            <td style="padding:10px 2px;font-size:14px;text-align:center;border:1px solid #d0d7de" width="20%"><span style="font-size:22px;line-height:1.2;font-weight:bold">{{no}}</span><br>No</td>
            <td style="padding:10px 2px;font-size:14px;text-align:center;border:1px solid #d0d7de" width="20%"><span style="font-size:22px;line-height:1.2;font-weight:bold">{{maybe}}</span><br>Maybe</td>
            <td style="padding:10px 2px;font-size:14px;text-align:center;border:1px solid #d0d7de" width="20%"><span style="font-size:22px;line-height:1.2;font-weight:bold">{{none}}</span><br>No answer</td>
            </tr></table>
            <p style="margin:0 0 14px;color:#57606a;font-size:14px;overflow-wrap:anywhere;word-break:break-word">A cell that a spreadsheet would take for a formula begins with an apostrophe.</p>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word;margin-bottom:0"><a href="{{dashboard}}" style="display:inline-block;padding:11px 22px;border-radius:6px;background:{{colour}};color:#ffffff;font-weight:bold;text-decoration:none">Open the dashboard</a></p>

            """##)
    static let unprovenChange = NoticeText.Files(
        plain: ##"""
            Subject: Not changed: {{title}}

            A mail{{#subject}} "{{subject}}"{{/subject}} asked to change your event "{{title}}" in your name, but nothing proves that it
            came from you. The event was left as it is.

            If it was not you, you need not do anything. If it was, send the change from the account that made the event, through its
            own mail servers: they must sign mail with DKIM for {{sender}}, or the domain must pass DMARC.

            You get this at most once a day for each event.

            Event UID: {{uid}}

            """##,
        html: ##"""
            <h1 style="margin:12px 0 12px;font-size:22px;line-height:1.3;font-weight:bold">Your event was not changed</h1>
            <p style="margin:0 0 14px;padding:12px 16px;background:#fdf1f0;border-left:4px solid #b93a31;overflow-wrap:anywhere;word-break:break-word">A mail{{#subject}} “{{subject}}”{{/subject}} asked to change <strong>{{title}}</strong> in your name, but nothing proves that it came from you. The event was left as it is.</p>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">If it was not you, you need not do anything.</p>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">If it was, send the change from the account that made the event, through its own mail servers: they must sign mail with DKIM for {{sender}}, or the domain must pass DMARC.</p>
            <p style="margin:0 0 14px;color:#57606a;font-size:14px;overflow-wrap:anywhere;word-break:break-word;margin-bottom:0">You get this at most once a day for each event.<br>Event UID <span style="font:14px/1.5 Consolas,Menlo,monospace;overflow-wrap:anywhere;word-break:break-all">{{uid}}</span></p>

            """##)
    static let unread = NoticeText.Files(
        plain: ##"""
            Subject: Not read: {{title}}

            What you wrote about "{{title}}" was read by nobody: only the answers of calendar programs are read at this address.

            {{#answerable}}To answer the invitation:

            Yes: {{yes}}
            Maybe: {{maybe}}
            No: {{no}}

            {{/answerable}}For anything else, write to {{organizer}}, who invited you, directly.

            """##,
        html: ##"""
            <h1 style="margin:12px 0 12px;font-size:22px;line-height:1.3;font-weight:bold">Your mail was not read</h1>
            <p style="margin:0 0 14px;padding:12px 16px;background:#fdf1f0;border-left:4px solid #b93a31;overflow-wrap:anywhere;word-break:break-word">What you wrote about <strong>{{title}}</strong> was read by nobody: only the answers of calendar programs are read at this address.</p>
            {{#answerable}}<p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word">To answer the invitation:</p>
            <p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word"><a href="{{yes}}" style="display:inline-block;padding:11px 22px;border-radius:6px;background:{{colour}};color:#ffffff;font-weight:bold;text-decoration:none">Yes</a>&nbsp; <a href="{{maybe}}" style="display:inline-block;padding:11px 22px;border-radius:6px;background:{{colour}};color:#ffffff;font-weight:bold;text-decoration:none">Maybe</a>&nbsp; <a href="{{no}}" style="display:inline-block;padding:11px 22px;border-radius:6px;background:{{colour}};color:#ffffff;font-weight:bold;text-decoration:none">No</a></p>
            {{/answerable}}<p style="margin:0 0 14px;overflow-wrap:anywhere;word-break:break-word;margin-bottom:0">For anything else, write to {{organizer}}, who invited you, directly.</p>

            """##)
}
