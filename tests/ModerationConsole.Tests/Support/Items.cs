using System.Text.Json;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Intake;

namespace ModerationConsole.Tests.Support;

/// <summary>Items and their types, as platforms send them.</summary>
public static class Items
{
    public static readonly ItemTypeDraft Post = new("it_post", "Post", ItemKind.Content,
    [
        new ItemField("text", FieldType.String, Required: true),
        new ItemField("images", FieldType.Image, Many: true),
        new ItemField("video", FieldType.Video),
        new ItemField("author", FieldType.UserId, Role: FieldRole.Creator),
        new ItemField("thread", FieldType.RelatedItem, Role: FieldRole.Thread),
        new ItemField("language", FieldType.String, Role: FieldRole.Language),
        new ItemField("posted_at", FieldType.Datetime, Role: FieldRole.CreatedAt),
        new ItemField("url", FieldType.Url, Role: FieldRole.Url),
    ]);

    public static readonly ItemTypeDraft Comment = new("it_comment", "Comment", ItemKind.Content,
    [
        new ItemField("text", FieldType.String, Required: true),
        new ItemField("author", FieldType.UserId, Role: FieldRole.Creator),
        new ItemField("parent", FieldType.RelatedItem, Role: FieldRole.Parent),
    ]);

    public static readonly ItemTypeDraft User = new("it_user", "Account", ItemKind.User, [new ItemField("display_name", FieldType.String, Role: FieldRole.DisplayName)]);

    public static readonly ItemTypeDraft Thread = new("it_thread", "Thread", ItemKind.Thread, [new ItemField("title", FieldType.String)]);

    /// <summary>The four of them.</summary>
    public static IReadOnlyList<ItemTypeDraft> All { get; } = [Post, Comment, User, Thread];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Defines the four types, and a queue that takes everything.</summary>
    public static async Task<Core.Queues.CaseQueue> TakesItemsAsync(this TestConsole console)
    {
        foreach (ItemTypeDraft type in All)
        {
            SavedItemType saved = await console.Use<SaveItemType>().RunAsync(Caller.System, type, Cancel);
            Assert.Equal(SaveItemTypeOutcome.Saved, saved.Outcome);
        }

        return await console.QueueAsync(shape: queue => queue.IsDefault = true);
    }

    /// <summary>A post in the flat form.</summary>
    public static string PostJson(string id = "p-481", string text = "cheap followers here") =>
        JsonSerializer.Serialize(new { id, typeId = Post.Id, data = new { text } });

    /// <summary>Sends items through the real intake.</summary>
    public static Task<ItemsOutcome> SendAsync(this TestConsole console, params string[] items) => console.SendAsync(null, items);

    /// <summary>Sends items under an Idempotency-Key.</summary>
    public static Task<ItemsOutcome> SendAsync(this TestConsole console, RequestKey? key, params string[] items) =>
        console.Use<AcceptItems>().RunAsync(Caller.System, [.. items.Select(item => new ItemSubmission(Json(item)))], CaseSource.Item, key, Cancel);

    public static JsonElement Json(string text)
    {
        Assert.True(JsonText.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out JsonDocument? document), "The test's own JSON is broken.");
        return document.RootElement;
    }
}
