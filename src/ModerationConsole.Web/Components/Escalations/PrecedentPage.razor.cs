using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Escalations;

/// <summary>One precedent: what holds and why, for which words of the policy, and what became of it.</summary>
public sealed partial class PrecedentPage
{
    private PrecedentView? _view;
    private (long, int?)? _shown;
    private bool _missing;
    private bool _busy;
    private bool _asking;
    private string? _reason;
    private string? _problem;

    /// <summary>The precedent's number.</summary>
    [Parameter]
    public long Number { get; set; }

    [SupplyParameterFromQuery(Name = "version")]
    public int? Version { get; set; }

    [Inject]
    public required ReadPrecedent Precedents { get; init; }

    [Inject]
    public required ConfirmPrecedent Confirm { get; init; }

    [Inject]
    public required WithdrawPrecedent Withdraw { get; init; }

    [Inject]
    public required ICurrentCaller Callers { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Number, Version))
        {
            (_shown, _view, _missing) = ((Number, Version), null, false);
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        _view = await Precedents.RunAsync(await Callers.GetAsync(), Number, Version, CancellationToken.None);
        _missing = _view is null;
    }

    private Task<PrecedentOutcome> ConfirmAsync() => ChangeAsync(
        async () => await Confirm.RunAsync(await Callers.GetAsync(), Number, _view!.PolicyVersion, CancellationToken.None), PrecedentsText.Confirmed);

    private async Task WithdrawAsync()
    {
        PrecedentOutcome outcome = await ChangeAsync(async () => await Withdraw.RunAsync(await Callers.GetAsync(), Number, _reason, CancellationToken.None), PrecedentsText.WithdrawnNow);
        _problem = outcome is PrecedentOutcome.ReasonMissing or PrecedentOutcome.TooLong ? PrecedentWords.Refusal(new PrecedentResult(outcome)).Message : null;
        _asking = _problem is not null;
    }

    private async Task<PrecedentOutcome> ChangeAsync(Func<Task<PrecedentOutcome>> change, string done)
    {
        if (_busy)
        {
            return PrecedentOutcome.Over;
        }

        _busy = true;
        try
        {
            PrecedentOutcome outcome = await change();
            Status.Say(PrecedentWords.Refusal(new PrecedentResult(outcome)).Message ?? done);
            await ReadAsync();
            return outcome;
        }
        finally
        {
            _busy = false;
        }
    }
}
