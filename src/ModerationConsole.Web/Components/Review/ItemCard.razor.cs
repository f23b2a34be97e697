using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Cases;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Media;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>The judged item.</summary>
public sealed partial class ItemCard
{
    private IReadOnlyList<DeskField> _texts = [];
    private IReadOnlyList<DeskField> _facts = [];

    /// <summary>The item.</summary>
    [Parameter, EditorRequired]
    public required DeskItem Item { get; set; }

    /// <summary>The thread it stands in.</summary>
    [Parameter]
    public IReadOnlyList<DeskItem> Thread { get; set; } = [];

    /// <summary>What in its text rules and reports are about.</summary>
    [Parameter]
    public IReadOnlyList<DeskMatch> Matches { get; set; } = [];

    /// <summary>Id of the piece of evidence that the person is at.</summary>
    [Parameter]
    public string? At { get; set; }

    /// <summary>Whether a recording belongs to it.</summary>
    [Parameter]
    public bool HasSound { get; set; }

    /// <summary>The task on the screen; null where the case is only read.</summary>
    [Parameter]
    public DrawnTask? Task { get; set; }

    /// <summary>The case that is read.</summary>
    [Parameter]
    public long? CaseNumber { get; set; }

    /// <summary>Whether what is personal may be asked for here.</summary>
    [Parameter]
    public bool MayUnmask { get; set; }

    private string? ByLine => Item.AuthorName ?? ThreadTitle;

    private string? ThreadTitle =>
        Item.ThreadId is not { } id ? null
        : Thread.FirstOrDefault(other => other.ItemId == id && other.Kind == ItemKind.Thread) is { } thread ? DecisionWords.Snippet(thread) : id;

    private string? ParentAuthor =>
        Item.ParentId is not { } id ? null
        : Thread.FirstOrDefault(other => other.ItemId == id && other.Kind != ItemKind.Thread)?.AuthorName ?? id;

    protected override void OnParametersSet()
    {
        _texts = EvidenceWalk.TextsOf(Item, HasSound);
        _facts = EvidenceWalk.FactsOf(Item);
    }

    private IReadOnlyList<TextMark> MarksOf(DeskField field, int part) =>
    [
        .. Matches.Where(match => match.Span.Field == field.Name && match.Span.Value == part).Select(match => new TextMark(
            match.Span.Start, match.Span.Length, match.Rule is { } rule ? DeskText.MarkedByRule.With(rule) : DeskText.MarkedByReport)),
    ];

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
