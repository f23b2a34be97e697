using System.Text.Json;
using System.Text.Json.Nodes;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Intake;

namespace ModerationConsole.Core.Demo;

/// <summary>The posts of the demo and what was reported about them.</summary>
internal sealed class DemoPosts(AcceptItems acceptItems)
{
    // Fixed, so that the same demo is the same item versions.
    private static readonly DateTimeOffset s_day = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Sends everything in through the intake, as a platform would.</summary>
    public async Task AddAsync(CancellationToken cancellationToken)
    {
        foreach (DemoPost post in DemoContent.Posts)
        {
            ItemsOutcome outcome = await acceptItems.RunAsync(
                Caller.System, [new ItemSubmission(JsonSerializer.SerializeToElement(Item(post)))], CaseSource.Item, null, cancellationToken).ConfigureAwait(false);
            DemoParts.Expect(outcome.Answer == IntakeAnswer.Accepted, post.Id);
        }
    }

    private static JsonObject Item(DemoPost post)
    {
        JsonObject data = new()
        {
            ["text"] = post.Text,
            ["author"] = new JsonObject { ["id"] = post.Author, ["typeId"] = "account" },
            ["language"] = post.Language,
            ["created_at"] = s_day.AddHours(-post.AgeHours).ToString("O"),
        };
        if (post.Thread is { } thread)
        {
            data["thread"] = new JsonObject { ["id"] = thread, ["typeId"] = "thread", ["name"] = thread };
        }

        return new JsonObject { ["id"] = post.Id, ["typeId"] = "post", ["data"] = data };
    }
}
