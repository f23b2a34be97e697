using Microsoft.AspNetCore.Components;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>The frame around every page: top bar, rail, status bar; says when the circuit answers and what time it is.</summary>
public sealed partial class MainLayout : IDisposable
{
    // Relative times are told in minutes; half of one keeps them honest.
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(30);

    private ITimer? _timer;
    private Moment _moment = null!;

    [Inject]
    public required ShellScript Script { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public void Dispose() => _timer?.Dispose();

    protected override void OnInitialized()
    {
        Script.Address = "./" + Assets["js/shell.js"];
        _moment = new Moment(Clock.GetUtcNow(), TimeZoneInfo.Utc);
        _timer = Clock.CreateTimer(_ => _ = InvokeAsync(Tick), null, s_tick, s_tick);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        await Script.SetCircuitReadyAsync();
        if (await Script.TimeZoneAsync() is { } zone)
        {
            _moment = _moment with { Zone = zone };
            StateHasChanged();
        }
    }

    private void Tick()
    {
        _moment = _moment with { Now = Clock.GetUtcNow() };
        StateHasChanged();
    }
}
