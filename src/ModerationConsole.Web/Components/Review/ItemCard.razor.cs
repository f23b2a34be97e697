using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions.Desk;

namespace ModerationConsole.Web.Components.Review;

/// <summary>The judged item.</summary>
public sealed partial class ItemCard
{
    /// <summary>The item.</summary>
    [Parameter, EditorRequired]
    public required DeskItem Item { get; set; }

    /// <summary>The thread it stands in.</summary>
    [Parameter]
    public IReadOnlyList<DeskItem> Thread { get; set; } = [];

    private DeskField[] Texts => [.. Item.Fields.Where(read => read.Type == FieldType.String && read.Role is not (FieldRole.Url or FieldRole.IpAddress or FieldRole.Email))];

    private DeskField[] Facts => [.. Item.Fields.Except(Texts)];

    private string? ByLine => Item.AuthorName ?? ThreadTitle;

    private string? ThreadTitle =>
        Item.ThreadId is not { } id ? null
        : Thread.FirstOrDefault(other => other.ItemId == id && other.Kind == ItemKind.Thread) is { } thread ? DecisionWords.Snippet(thread) : id;

    private string? ParentAuthor =>
        Item.ParentId is not { } id ? null
        : Thread.FirstOrDefault(other => other.ItemId == id && other.Kind != ItemKind.Thread)?.AuthorName ?? id;

    /// <summary>The platform's own key, made readable: "display_name" is "Display name".</summary>
    private static string NameOf(DeskField field) => field.Role switch
    {
        FieldRole.Transcript => DeskText.Transcript,
        FieldRole.OcrText => DeskText.OcrText,
        FieldRole.Translation => DeskText.Translation,
        FieldRole.None or FieldRole.Creator or FieldRole.Thread or FieldRole.Parent or FieldRole.CreatedAt or FieldRole.Language
            or FieldRole.DisplayName or FieldRole.ProfileIcon or FieldRole.IpAddress or FieldRole.Email or FieldRole.IsDeleted or FieldRole.Url =>
            Readable(field.Name),
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    private static string Readable(string key)
    {
        string words = key.Replace('_', ' ').Replace('-', ' ').Trim();
        return words.Length == 0 ? key : string.Concat(words[..1].ToUpperInvariant(), words.AsSpan(1));
    }
}
