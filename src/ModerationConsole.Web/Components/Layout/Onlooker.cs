using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Review.Masking;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>
/// Who looks and how they want to: cascading values that any component may ask for. One a circuit; the layout keeps them true. They come
/// from the circuit's services, because four components around the page would cost memory for as long as it is open. What stands on every
/// page, or always on a desk, asks this itself: of whoever is told by cascade the framework keeps a copy of all parameters, 1.4 KB each.
/// </summary>
public sealed class Onlooker(TimeProvider clock)
{
    private readonly CascadingValueSource<Moment> _moment = new(new Moment(clock.GetUtcNow(), TimeZoneInfo.Utc), isFixed: false);
    private readonly CascadingValueSource<Myself> _me = new((Myself)null!, isFixed: false);
    private readonly CascadingValueSource<TextMask> _mask = new((TextMask)null!, isFixed: false);
    private readonly CascadingValueSource<DeskPreferences> _preferences = new(DeskPreferences.Default, isFixed: false);

    /// <summary>Raised, on the page's own thread, when the person or what they want is another.</summary>
    public event Action? Changed;

    /// <summary>Raised, on the page's own thread, when it is later, or another zone is known.</summary>
    public event Action? Ticked;

    /// <summary>What time it is, where they are.</summary>
    public Moment Moment { get; private set; } = new(clock.GetUtcNow(), TimeZoneInfo.Utc);

    /// <summary>The person; null before they are known.</summary>
    public Myself? Me { get; private set; }

    /// <summary>What is covered in texts; null for nothing.</summary>
    public TextMask? Mask { get; private set; }

    /// <summary>Keys, density and the like.</summary>
    public DeskPreferences Preferences { get; private set; } = DeskPreferences.Default;

    /// <summary>Offers them to the components of a circuit.</summary>
    public static IServiceCollection AddTo(IServiceCollection services) => services
        .AddScoped<Onlooker>()
        .AddCascadingValue(provider => provider.GetRequiredService<Onlooker>()._moment)
        .AddCascadingValue(provider => provider.GetRequiredService<Onlooker>()._me)
        .AddCascadingValue(provider => provider.GetRequiredService<Onlooker>()._mask)
        .AddCascadingValue(provider => provider.GetRequiredService<Onlooker>()._preferences);

    /// <summary>It is another moment.</summary>
    public Task ShowAsync(Moment moment)
    {
        Moment = moment;
        Ticked?.Invoke();
        return _moment.NotifyChangedAsync(moment);
    }

    /// <summary>The person is known, or has changed what they want.</summary>
    /// <param name="mask">What is covered in texts; null for nothing.</param>
    public async Task ShowAsync(Myself? me, TextMask? mask, DeskPreferences preferences)
    {
        (Me, Mask, Preferences) = (me, mask, preferences);
        await _me.NotifyChangedAsync(me!);
        await _mask.NotifyChangedAsync(mask!);
        await _preferences.NotifyChangedAsync(preferences);
        Changed?.Invoke();
    }
}
