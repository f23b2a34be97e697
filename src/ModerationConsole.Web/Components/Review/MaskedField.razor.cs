using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Decisions.Desk;
using ModerationConsole.Core.Media;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Review;

/// <summary>A personal field, masked until the person asks for it. What was shown is kept by this page alone, while it is open.</summary>
public sealed partial class MaskedField
{
    private IReadOnlyList<string>? _values;
    private string? _reason;
    private string? _problem;
    private bool _asking;
    private bool _busy;

    [Inject]
    public required ICurrentCaller Callers { get; init; }

    [Inject]
    public required UnmaskField Unmask { get; init; }

    [Inject]
    public required ProofAsk Proof { get; init; }

    /// <summary>The item version.</summary>
    [Parameter, EditorRequired]
    public Guid ItemVersionId { get; set; }

    /// <summary>Key in the item's data.</summary>
    [Parameter, EditorRequired]
    public required string Field { get; set; }

    /// <summary>Its name for people.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>The task on the screen; null where the case is only read.</summary>
    [Parameter]
    public DrawnTask? Task { get; set; }

    /// <summary>The case that is read.</summary>
    [Parameter]
    public long? CaseNumber { get; set; }

    /// <summary>Whether it may be asked for here.</summary>
    [Parameter]
    public bool MayAsk { get; set; }

    /// <summary>Language of the value, BCP 47.</summary>
    [Parameter]
    public string? Lang { get; set; }

    /// <summary>Class of the value's box.</summary>
    [Parameter]
    public string Class { get; set; } = "post-text";

    private void Leave() => (_asking, _problem, _reason) = (false, null, null);

    private async Task ShowAsync()
    {
        _busy = true;
        try
        {
            Caller caller = await Callers.GetAsync();
            UnmaskRequest request = new(ItemVersionId, Field, _reason) { Task = Task, CaseNumber = CaseNumber };
            UnmaskResult result = await Proof.WithAsync(
                () => Unmask.RunAsync(caller, request, CancellationToken.None), result => result.Outcome == UnmaskOutcome.ProveFirst);
            if (result.Outcome == UnmaskOutcome.Shown)
            {
                Leave();
                _values = result.Values;
                return;
            }

            _problem = Say(result.Outcome);
        }
        catch (PermissionDeniedException)
        {
            _problem = DeskText.FieldNotAllowed;
        }
        finally
        {
            _busy = false;
        }
    }

    private static string Say(UnmaskOutcome outcome) => outcome switch
    {
        UnmaskOutcome.NotThere => DeskText.FieldGone,
        UnmaskOutcome.LeaseLost => DeskText.FieldLeaseLost,
        UnmaskOutcome.NotAllowed => DeskText.FieldNotAllowed,
        UnmaskOutcome.ReasonRequired => DeskText.FieldReasonFirst,
        UnmaskOutcome.ReasonTooLong => DeskText.FieldReasonTooLong,
        UnmaskOutcome.ProveFirst => DeskText.FieldProveFirst,
        UnmaskOutcome.Shown => "",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
