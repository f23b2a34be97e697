using Microsoft.AspNetCore.Components;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>Shows hostile text, its beginning first.</summary>
public sealed partial class EvidenceText
{
    /// <summary>Even on demand no more than this is sent to the page at once.</summary>
    private const int Portion = 60_000;

    private string? _text;
    private int _shown;

    /// <summary>The text, as the platform sent it.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>Language, BCP 47.</summary>
    [Parameter]
    public string? Lang { get; set; }

    /// <summary>Characters that are shown before the person asks for all.</summary>
    [Parameter]
    public int Limit { get; set; } = 1_500;

    /// <summary>Class of the text's box.</summary>
    [Parameter]
    public string Class { get; set; } = "post-text";

    private bool Cut => _shown < Text.Length;

    private string Shown => EvidenceRuns.Beginning(Text, _shown);

    private string Offer => _shown > Limit
        ? DeskText.ShowMore.With(Text.Length - _shown)
        : DeskText.ShowAllOf.With(Text.Length);

    protected override void OnParametersSet()
    {
        if (!string.Equals(_text, Text, StringComparison.Ordinal))
        {
            _text = Text;
            // A few words more than the limit are not worth a button.
            _shown = Text.Length <= Limit + (Limit / 5) ? Text.Length : Limit;
        }
    }

    private void More() => _shown = Math.Min(Text.Length, _shown <= Limit ? Portion : _shown + Portion);
}
