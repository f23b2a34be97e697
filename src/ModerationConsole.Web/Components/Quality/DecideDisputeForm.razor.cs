using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Quality.Disputes;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>Decides an open dispute.</summary>
public sealed partial class DecideDisputeForm
{
    private static readonly DisputeState[] s_findings = [DisputeState.Upheld, DisputeState.Overturned, DisputeState.PolicyAmbiguous];

    private FormState<Form> _form = null!;

    /// <summary>The dispute.</summary>
    [Parameter, EditorRequired]
    public Guid DisputeId { get; set; }

    /// <summary>Its case.</summary>
    [Parameter, EditorRequired]
    public long CaseNumber { get; set; }

    /// <summary>Whether a correcting decision came of the result.</summary>
    [Parameter]
    public bool Correction { get; set; }

    /// <summary>It was decided, here or meanwhile.</summary>
    [Parameter]
    public EventCallback OnDecided { get; set; }

    [Inject]
    public required DecideDispute DecideDispute { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<DecideDisputeForm> Log { get; init; }

    protected override void OnInitialized() => _form = new FormState<Form>(new Form(), Log);

    private async Task SaveAsync()
    {
        DecideDisputeResult? result = null;
        Form model = _form.Model;
        if (await _form.SaveAsync(async () =>
        {
            _form.Problems.Unless(model.Finding is not null, "decide-finding", ResultsText.FindingMissing);
            _form.Problems.Unless(!string.IsNullOrWhiteSpace(model.Reason), "decide-reason", ResultsText.ReasonMissing);
            if (!_form.Problems.Any)
            {
                result = await DecideDispute.RunAsync(await Current.GetAsync(), DisputeId, model.Finding, model.Reason, CancellationToken.None);
                Refuse(result.Outcome);
            }
        }))
        {
            Status.Say(Said(model.Finding, result));
            await OnDecided.InvokeAsync();
        }
    }

    private string Said(DisputeState? finding, DecideDisputeResult? result) => finding switch
    {
        DisputeState.Overturned => result switch
        {
            { Correction: CorrectionEnd.Replaced, Left: { Count: > 0 } left } => ResultsText.DecidedRestoredBut.With(CaseNumber, string.Join(", ", left)),
            { Correction: CorrectionEnd.Replaced } => ResultsText.DecidedRestored.With(CaseNumber),
            { Correction: CorrectionEnd.CaseMovedOn } => ResultsText.DecidedMovedOn.With(CaseNumber),
            _ => ResultsText.DecidedOverturned,
        },
        DisputeState.PolicyAmbiguous => ResultsText.DecidedAmbiguous,
        _ => ResultsText.DecidedUpheld,
    };

    private void Refuse(DecideDisputeOutcome outcome)
    {
        (string field, string? message) = outcome switch
        {
            DecideDisputeOutcome.Decided => ("", null),
            DecideDisputeOutcome.FindingRequired => ("decide-finding", ResultsText.FindingMissing),
            DecideDisputeOutcome.NoPolicy => ("decide-finding", ResultsText.NoPolicyToAsk),
            DecideDisputeOutcome.ReasonRequired => ("decide-reason", ResultsText.ReasonMissing),
            DecideDisputeOutcome.ReasonTooLong => ("decide-reason", ResultsText.TextTooLong),
            DecideDisputeOutcome.AlreadyDecided => ("", ResultsText.DecidedMeanwhile),
            DecideDisputeOutcome.HadAHand => ("", ResultsText.HadAHand),
            DecideDisputeOutcome.NotThere => ("", ResultsText.DisputeMissing),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
        _form.Problems.Unless(message is null, field, message ?? "");
    }

    /// <summary>The finding while it is written.</summary>
    public sealed class Form
    {
        public DisputeState? Finding { get; set; }

        public string Reason { get; set; } = "";
    }
}
