using System.Text.Json;
using System.Text.Json.Nodes;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Intake;

namespace ModerationConsole.Core.Demo;

/// <summary>The posts of the demo and what was reported about them, sent in through the intake as a platform would.</summary>
internal sealed class DemoPosts(AcceptItems acceptItems, AcceptReport acceptReport, TimeProvider clock)
{
    /// <summary>Sends posts in.</summary>
    /// <returns>For each post, the number of its case.</returns>
    public async Task<IReadOnlyDictionary<string, long>> AddAsync(IEnumerable<DemoPost> posts, CancellationToken cancellationToken)
    {
        Dictionary<string, long> cases = new(StringComparer.Ordinal);
        foreach (DemoPost post in posts)
        {
            foreach (DemoReport report in post.Reports ?? [])
            {
                ReportOutcome outcome = await acceptReport.RunAsync(
                    Caller.System, JsonSerializer.SerializeToElement(Report(post, report)), null, cancellationToken).ConfigureAwait(false);
                DemoParts.Expect(outcome.Answer == IntakeAnswer.Accepted, post.Id);
                cases[post.Id] = outcome.CaseNumber;
            }

            if (post.Reports is null or [])
            {
                ItemsOutcome outcome = await acceptItems.RunAsync(
                    Caller.System, [new ItemSubmission(JsonSerializer.SerializeToElement(Item(post)))], CaseSource.Item, null, cancellationToken).ConfigureAwait(false);
                DemoParts.Expect(outcome.Answer == IntakeAnswer.Accepted, post.Id);
                cases[post.Id] = outcome.Results[0].CaseNumber!.Value;
            }
        }

        return cases;
    }

    private JsonObject Report(DemoPost post, DemoReport report)
    {
        JsonObject body = new()
        {
            ["reporter"] = new JsonObject { ["kind"] = "user", ["id"] = report.By, ["typeId"] = "account" },
            ["reportedAt"] = At(post.AgeHours / 2),
            ["reportedForReason"] = new JsonObject { ["policyId"] = report.Policy, ["reason"] = report.Reason, ["csam"] = false },
            ["reportedItem"] = Item(post),
        };
        if (post.Replies is { Count: > 0 } replies)
        {
            body["reportedItemThread"] = new JsonArray([.. replies.Select((reply, place) => Reply(post, reply, place))]);
        }

        return body;
    }

    private JsonObject Item(DemoPost post)
    {
        JsonObject data = new()
        {
            ["text"] = post.Text,
            ["author"] = Account(post.Author),
            ["language"] = post.Language,
            ["created_at"] = At(post.AgeHours),
        };
        foreach ((string field, string? text) in new[] { ("image_text", post.ImageText), ("transcript", post.Transcript), ("translation", post.Translation) })
        {
            if (text is not null)
            {
                data[field] = text;
            }
        }

        if (post.Thread is { } thread)
        {
            data["thread"] = new JsonObject { ["id"] = thread, ["typeId"] = "thread", ["name"] = thread };
        }

        return new JsonObject { ["id"] = post.Id, ["typeId"] = "post", ["data"] = data };
    }

    private JsonObject Reply(DemoPost post, DemoReply reply, int place) => new()
    {
        ["id"] = $"{post.Id}-c{place + 1}",
        ["typeId"] = "comment",
        ["data"] = new JsonObject
        {
            ["text"] = reply.Text,
            ["author"] = Account(reply.Author),
            ["parent"] = new JsonObject { ["id"] = post.Id, ["typeId"] = "post" },
            ["created_at"] = At(post.AgeHours * 0.8),
        },
    };

    private static JsonObject Account(string name) => new() { ["id"] = name, ["typeId"] = "account" };

    // Cut to the hour: each report names the same version of the post.
    private string At(double hoursAgo)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero).AddHours(-hoursAgo).ToString("O");
    }
}
