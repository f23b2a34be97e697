using ModerationConsole.Core.Access;
using ModerationConsole.Core.Cases;

namespace ModerationConsole.Core.Demo;

/// <summary>The item types of the demo.</summary>
internal sealed class DemoItemTypes(SaveItemType saveItemType)
{
    private static readonly ItemTypeDraft[] s_types =
    [
        new("account", "Account", ItemKind.User,
        [
            new("display_name", FieldType.String, Role: FieldRole.DisplayName),
            new("bio", FieldType.String),
            new("avatar", FieldType.Image, Role: FieldRole.ProfileIcon),
            new("created_at", FieldType.Datetime, Role: FieldRole.CreatedAt),
        ]),
        new("thread", "Thread", ItemKind.Thread, [new("display_name", FieldType.String, Role: FieldRole.DisplayName)]),
        new("post", "Post", ItemKind.Content,
        [
            new("text", FieldType.String),
            new("images", FieldType.Image, Many: true),
            new("image_text", FieldType.String, Role: FieldRole.OcrText),
            new("video", FieldType.Video),
            new("transcript", FieldType.String, Role: FieldRole.Transcript),
            new("translation", FieldType.String, Role: FieldRole.Translation),
            new("author", FieldType.UserId, Role: FieldRole.Creator),
            new("thread", FieldType.RelatedItem, Role: FieldRole.Thread),
            new("language", FieldType.String, Role: FieldRole.Language),
            new("created_at", FieldType.Datetime, Role: FieldRole.CreatedAt),
            new("url", FieldType.Url, Role: FieldRole.Url),
        ]),
        new("comment", "Comment", ItemKind.Content,
        [
            new("text", FieldType.String),
            new("author", FieldType.UserId, Role: FieldRole.Creator),
            new("parent", FieldType.RelatedItem, Role: FieldRole.Parent),
            new("created_at", FieldType.Datetime, Role: FieldRole.CreatedAt),
        ]),
    ];

    /// <summary>Defines the types.</summary>
    public async Task AddAsync(CancellationToken cancellationToken)
    {
        foreach (ItemTypeDraft type in s_types)
        {
            SavedItemType saved = await saveItemType.RunAsync(Caller.System, type, cancellationToken).ConfigureAwait(false);
            DemoParts.Expect(saved.Outcome == SaveItemTypeOutcome.Saved, type.Id);
        }
    }
}
