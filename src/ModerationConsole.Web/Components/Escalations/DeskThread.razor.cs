using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Live;

namespace ModerationConsole.Web.Components.Escalations;

/// <summary>The thread beside the case on an expert's desk, as it is at this moment.</summary>
public sealed partial class DeskThread : IDisposable
{
    private ThrottledWatch? _watch;
    private EscalationView? _view;
    private long? _shown;

    /// <summary>The expert's task.</summary>
    [Parameter, EditorRequired]
    public long Number { get; set; }

    [Inject]
    public required EscalationDoor Door { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public void Dispose() => _watch?.Dispose();

    protected override void OnInitialized() =>
        _watch = new ThrottledWatch(Feed, change => change.Kind == LiveKind.CaseChanged && change.CaseNumber is { } about && about == _view?.Case.Number, OnChangedAsync, Clock);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Number)
        {
            (_shown, _view) = (Number, null);
            await ReadAsync();
        }
    }

    // An emergency's task may have been made without a question, and a case can be taken from the desk at any moment: then nothing is shown.
    private async Task ReadAsync() => _view = await Door.OpenAsync(Number, CancellationToken.None);

    private Task OnChangedAsync(IReadOnlyList<OutboxEvent> events) => RedrawAsync(ReadAsync);
}
