using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>What the platform was told, drawn as it changes; what failed can be sent again.</summary>
public sealed partial class DeliveriesPage : IDisposable
{
    private const int Part = 50;
    private const int Most = 200;

    private static readonly EnforcementState?[] s_states = [null, .. Enum.GetValues<EnforcementState>().Cast<EnforcementState?>()];

    private ThrottledWatch? _watch;
    private IReadOnlyList<DeliveryLine>? _lines;
    private (string?, string?)? _shown;
    private string? _case;
    private int _size = Part;
    private bool _more;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [CascadingParameter]
    public required Myself Me { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    public string? StateName { get; set; }

    [SupplyParameterFromQuery(Name = "case")]
    public string? CaseNumber { get; set; }

    [Inject]
    public required ListDeliveries ListDeliveries { get; init; }

    [Inject]
    public required ReplayDelivery ReplayDelivery { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    private EnforcementState? State => Enum.TryParse(StateName, ignoreCase: true, out EnforcementState state) && Enum.IsDefined(state) ? state : null;

    public void Dispose() => _watch?.Dispose();

    protected override void OnInitialized() =>
        _watch = new ThrottledWatch(Feed, change => change.Kind is LiveKind.DeliveryChanged or LiveKind.DecisionRecorded, OnChangedAsync, Clock);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (StateName, CaseNumber))
        {
            (_shown, _case, _size) = ((StateName, CaseNumber), CaseNumber, Part);
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        IReadOnlyList<DeliveryLine> lines = await ListDeliveries.RunAsync(
            await Current.GetAsync(), new DeliveryFilter(State, Figures.Number(CaseNumber), Take: _size), CancellationToken.None);
        (_lines, _more) = (lines, lines.Count == _size && _size < Most);
    }

    private Task MoreAsync()
    {
        _size = Math.Min(Most, _size + Part);
        return ReadAsync();
    }

    private void Show(EnforcementState? state, long? caseNumber) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { ["state"] = state?.ToString(), ["case"] = caseNumber }));

    private async Task ReplayAsync(DeliveryLine line)
    {
        ReplayOutcome outcome = await ReplayDelivery.RunAsync(await Current.GetAsync(), line.Id, CancellationToken.None);
        Status.Say(outcome switch
        {
            ReplayOutcome.Replayed => AdminText.Replayed.With(DeliveryWords.Name(line.Kind, line.ActionName)),
            ReplayOutcome.NotFailed or ReplayOutcome.NotFound => AdminText.NotFailed.With(DeliveryWords.Name(line.Kind, line.ActionName)),
            _ => throw new ArgumentOutOfRangeException(nameof(line)),
        });
        await ReadAsync();
    }

    private Task OnChangedAsync(IReadOnlyList<OutboxEvent> events) => RedrawAsync(ReadAsync);
}
