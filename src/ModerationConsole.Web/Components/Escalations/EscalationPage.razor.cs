using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Escalations.Precedents;
using ModerationConsole.Core.Live;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Escalations;

/// <summary>One question to experts: what was asked, what was said, what was ruled; and for an emergency who was told.</summary>
public sealed partial class EscalationPage : IDisposable
{
    private ThrottledWatch? _watch;
    private EscalationView? _view;
    private RulingPrecedent? _precedent;
    private bool _missing;
    private long? _shown;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    /// <summary>The escalation's number.</summary>
    [Parameter]
    public long Number { get; set; }

    [Inject]
    public required EscalationDoor Door { get; init; }

    [Inject]
    public required ReadRulingPrecedent Rulings { get; init; }

    [Inject]
    public required FindSimilarPrecedents Similar { get; init; }

    [Inject]
    public required ICurrentCaller Callers { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public void Dispose() => _watch?.Dispose();

    protected override void OnInitialized() => _watch = new ThrottledWatch(
        Feed, change => change.TaskNumber == Number || (change.CaseNumber is { } about && about == _view?.Case.Number), OnChangedAsync, Clock);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Number)
        {
            (_shown, _view, _missing) = (Number, null, false);
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        _view = await Door.OpenAsync(Number, CancellationToken.None);
        _missing = _view is null;
        _precedent = _view?.Ruling is null ? null : await Rulings.RunAsync(await Callers.GetAsync(), Number, CancellationToken.None);
    }

    private async Task<IReadOnlyList<PrecedentOffer>?> SimilarAsync(CancellationToken cancellationToken) =>
        await Similar.RunAsync(await Callers.GetAsync(), _view!.Case.Number, NearestPrecedents.MostOffered, superseded: false, cancellationToken);

    private Task OnChangedAsync(IReadOnlyList<OutboxEvent> events) => RedrawAsync(ReadAsync);
}
