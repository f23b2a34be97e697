using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Review.Masking;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Layout;

/// <summary>
/// Who looks and how they want to: cascading values that any component may ask for. One a circuit; the layout keeps them true. They come
/// from the circuit's services, because four components around the page would cost memory for as long as it is open.
/// </summary>
public sealed class Onlooker(TimeProvider clock)
{
    /// <summary>What time it is, where they are.</summary>
    public CascadingValueSource<Moment> Moment { get; } = new(new Moment(clock.GetUtcNow(), TimeZoneInfo.Utc), isFixed: false);

    /// <summary>The person; null before they are known.</summary>
    public CascadingValueSource<Myself> Me { get; } = new((Myself)null!, isFixed: false);

    /// <summary>What is covered in texts; null for nothing.</summary>
    public CascadingValueSource<TextMask> Mask { get; } = new((TextMask)null!, isFixed: false);

    /// <summary>Keys, density and the like.</summary>
    public CascadingValueSource<DeskPreferences> Preferences { get; } = new(DeskPreferences.Default, isFixed: false);

    /// <summary>Offers them to the components of a circuit.</summary>
    public static IServiceCollection AddTo(IServiceCollection services) => services
        .AddScoped<Onlooker>()
        .AddCascadingValue(provider => provider.GetRequiredService<Onlooker>().Moment)
        .AddCascadingValue(provider => provider.GetRequiredService<Onlooker>().Me)
        .AddCascadingValue(provider => provider.GetRequiredService<Onlooker>().Mask)
        .AddCascadingValue(provider => provider.GetRequiredService<Onlooker>().Preferences);
}
