using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.Notices;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Clocks of legal notices, the one most in danger first.</summary>
public sealed partial class ClocksPage : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly CancellationSeries _loads = new();
    private ThrottledWatch? _watch;
    private FoundClocks? _found;
    private ClockFilter? _asked;
    private bool _failed;

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [CascadingParameter]
    public required Myself Me { get; set; }

    /// <summary>"risk" or "ended"; those that run without.</summary>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    [SupplyParameterFromQuery]
    public string? Type { get; set; }

    [SupplyParameterFromQuery]
    public string? Place { get; set; }

    /// <summary>The last one of the part before.</summary>
    [SupplyParameterFromQuery]
    public long? After { get; set; }

    [Inject]
    public required ListClocks ListClocks { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required ILogger<ClocksPage> Log { get; init; }

    private ClockChoice Choice => State switch { "risk" => ClockChoice.AtRisk, "ended" => ClockChoice.Ended, _ => ClockChoice.Running };

    private ClockFilter Filter => new(Choice, Type, Place, After);

    private string? Facts => _found is { } found && Choice == ClockChoice.Running ? Figures.Count(found.Rows.Count, NoticesText.FactsOne, NoticesText.FactsMany) : null;

    private string None => Choice switch
    {
        ClockChoice.Running => NoticesText.NoneRunning,
        ClockChoice.AtRisk => NoticesText.NoneAtRisk,
        ClockChoice.Ended => NoticesText.NoneEnded,
        _ => throw new InvalidOperationException("The choice is unknown."),
    };

    public void Dispose()
    {
        _watch?.Dispose();
        _loads.Dispose();
    }

    protected override void OnInitialized() => _watch = new ThrottledWatch(Feed, Concerns, OnChangedAsync, Clock, s_interval);

    // Twice a minute with the time of day: what is to be expected changes without anything else happening.
    protected override async Task OnParametersSetAsync()
    {
        if (_asked != Filter)
        {
            (_asked, _found) = (Filter, null);
        }

        await ReadAsync();
    }

    private static bool Concerns(OutboxEvent change) => change.Kind is
        LiveKind.CaseQueued or LiveKind.CaseChanged or LiveKind.LeaseEnded or LiveKind.QueueChanged or LiveKind.DecisionRecorded or LiveKind.Alarm;

    private async Task ReadAsync()
    {
        CancellationToken cancel = _loads.Next();
        try
        {
            FoundClocks found = await ListClocks.RunAsync(await Current.GetAsync(), _asked!, cancel);
            (_found, _failed) = (found, false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Another question was asked, or the page was left.
        }
#pragma warning disable CA1031 // the page says so and offers to try again
        catch (Exception error) when (error is not PermissionDeniedException)
#pragma warning restore CA1031
        {
            Log.LogError(error, "Clocks could not be listed");
            _failed = true;
        }
    }

    private Task OnChangedAsync(IReadOnlyList<OutboxEvent> events) => RedrawAsync(ReadAsync);

    private string At(string name, object? value)
    {
        Dictionary<string, object?> changed = new() { [name] = value };
        if (name != "after")
        {
            changed["after"] = null;
        }

        return Navigation.GetUriWithQueryParameters(changed);
    }

    private void Show(string name, ChangeEventArgs change) => Navigation.NavigateTo(At(name, change.Value is string { Length: > 0 } text ? text : null));
}
