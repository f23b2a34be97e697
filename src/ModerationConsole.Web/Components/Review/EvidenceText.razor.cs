using Microsoft.AspNetCore.Components;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Review.Masking;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Review;

/// <summary>Shows hostile text: its beginning first, or what is marked in it with the words around.</summary>
public sealed partial class EvidenceText : IDisposable
{
    /// <summary>Even on demand no more than this is sent to the page at once.</summary>
    private const int Portion = 60_000;

    private string? _text;
    private TextMask? _mask;
    private IReadOnlyList<MaskedSpan> _masks = [];
    private int _from;
    private int _to;

    [Inject]
    public required Onlooker Onlooker { get; init; }

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

    /// <summary>What in the text rules and reports are about.</summary>
    [Parameter]
    public IReadOnlyList<TextMark> Marks { get; set; } = [];

    private string Offer => _from > 0 || _to > Limit
        ? DeskText.ShowMore.With(Text.Length - _to)
        : DeskText.ShowAllOf.With(Text.Length);

    public void Dispose() => Onlooker.Changed -= Cover;

    protected override void OnInitialized() => Onlooker.Changed += Cover;

    protected override void OnParametersSet()
    {
        bool other = !string.Equals(_text, Text, StringComparison.Ordinal);
        if (other)
        {
            _text = Text;
            (_from, _to) = Window();
        }

        if (other || _mask != Onlooker.Mask)
        {
            _mask = Onlooker.Mask;
            _masks = _mask?.In(Text) ?? [];
        }
    }

    // What the person wants covered may be something else now.
    private void Cover()
    {
        OnParametersSet();
        StateHasChanged();
    }

    private (int From, int To) Window()
    {
        // A few words more than the limit are not worth a button.
        if (Text.Length <= Limit + (Limit / 5))
        {
            return (0, Text.Length);
        }

        int from = 0;
        if (Marks.Count > 0 && Marks.Min(mark => mark.Start) is var first && Marks.First(mark => mark.Start == first) is var mark && first + mark.Length > Limit)
        {
            from = WordStart(Math.Max(0, first - (Limit / 3)));
        }

        return (from, from + EvidenceRuns.Beginning(Text[from..], Limit).Length);
    }

    // The beginning of the word at a place, so that nothing visible is cut in two.
    private int WordStart(int place)
    {
        int blank = Text.LastIndexOfAny([' ', '\n', '\t'], place, Math.Min(place, Limit / 4));
        return blank >= 0 ? blank + 1 : char.IsLowSurrogate(Text[place]) ? place - 1 : place;
    }

    private void More() => _to = Math.Min(Text.Length, _to <= Limit && _from == 0 ? Portion : _to + Portion);

    private void Before() => _from = _from <= Portion ? 0 : WordStart(_from - Portion);
}
