using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Live;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Review.Masking;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>The frame around every page: who looks, what time it is for them, top bar, rail, status bar; says when the circuit answers.</summary>
public sealed partial class MainLayout : IDisposable
{
    // Relative times are told in minutes; half of one keeps them honest.
    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _gone = new();
    private ITimer? _timer;
    private ThrottledWatch? _watch;
    private Moment _moment = null!;
    private TimeZoneInfo _browserZone = TimeZoneInfo.Utc;
    private Myself? _me;
    private TextMask? _mask;
    private DeskPreferences _preferences = DeskPreferences.Default;
    private string _title = SharedText.Product;
    private bool _known;
    private bool _ready;

    [Inject]
    public required ShellScript Script { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required GetMyself GetMyself { get; init; }

    [Inject]
    public required CaseFeed Feed { get; init; }

    [Inject]
    public required Onlooker Onlooker { get; init; }

    [Inject]
    public required PageFrame Frame { get; init; }

    [Inject]
    public required MaskedWords MaskedWords { get; init; }

    public void Dispose()
    {
        Frame.Changed -= TellTitle;
        _gone.Cancel();
        _watch?.Dispose();
        _timer?.Dispose();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Script.Address = "./" + Assets["js/shell.js"];
        Frame.Changed += TellTitle;
        _moment = new Moment(Clock.GetUtcNow(), TimeZoneInfo.Utc);
        _timer = Clock.CreateTimer(_ => _ = InvokeAsync(TickAsync), null, s_tick, s_tick);
        await LearnAsync();
        if (_me is { Id: var id })
        {
            _watch = new ThrottledWatch(Feed, change => change.Kind == LiveKind.PersonChanged && change.PersonId == id, _ => InvokeAsync(LearnAgainAsync), Clock);
        }

        _known = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Not on the first drawing, which is empty while we learn who looks.
        if (!_known || _ready)
        {
            return;
        }

        _ready = true;
        await Script.SetCircuitReadyAsync();
        // The document came with the person's look; this browser remembers it for the door.
        await ApplyLookAsync();
        if (await Script.TimeZoneAsync() is { } zone)
        {
            _browserZone = zone;
            await ShowMomentAsync();
        }
    }

    private void TellTitle()
    {
        string title = Frame.Title is { } page ? $"{page} · {SharedText.Product}" : SharedText.Product;
        if (title != _title)
        {
            _title = title;
            _ = Script.SetTitleAsync(title);
        }
    }

    private async Task LearnAsync()
    {
        try
        {
            _me = await GetMyself.RunAsync(await Current.GetAsync(), _gone.Token);
            _preferences = DeskPreferences.Read(_me?.DeskSettings);
            _mask = TextMask.IsWanted(_me?.DeskSettings) ? _mask ?? new TextMask(MaskedWords) : null;
            await ShowMomentAsync();
            await Onlooker.ShowAsync(_me, _mask, _preferences);
        }
        catch (PermissionDeniedException)
        {
            // The session is over: what stands in the page's place sends the person to sign in. Until then the page that goes away
            // is drawn for whom it was drawn before; drawn for nobody it would break, and its message would stand in the way.
        }
    }

    private async Task LearnAgainAsync()
    {
        (string? Theme, string? Desk) before = (_me?.Theme, _me?.DeskSettings);
        await LearnAsync();
        StateHasChanged();
        if (before != (_me?.Theme, _me?.DeskSettings))
        {
            await ApplyLookAsync();
        }
    }

    private async Task ApplyLookAsync()
    {
        if (_me is { } me)
        {
            await Script.SetThemeAsync(me.Theme);
            await Script.SetDensityAsync(_preferences.DensityInUse);
            await Script.SetFocusModeAsync(_preferences.Focus ?? false);
        }
    }

    private async Task ShowMomentAsync()
    {
        Moment shown = _moment with
        {
            Zone = _me is { TimeZone.Length: > 0 } && TimeZoneInfo.TryFindSystemTimeZoneById(_me.TimeZone, out TimeZoneInfo? chosen) ? chosen : _browserZone,
        };
        if (shown != _moment)
        {
            _moment = shown;
            await Onlooker.ShowAsync(shown);
        }
    }

    private Task TickAsync()
    {
        _moment = _moment with { Now = Clock.GetUtcNow() };
        return Onlooker.ShowAsync(_moment);
    }
}
