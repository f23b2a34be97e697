namespace ModerationConsole.Core.Access;

/// <summary>Marks a class as a use case: one command or query, found and registered by scanning.</summary>
public interface IUseCase;

/// <summary>The permission a use case demands. Each use case names exactly one; a test fails on one without.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresAttribute(Permission permission) : Attribute
{
    /// <summary>The demanded permission.</summary>
    public Permission Permission { get; } = permission;
}

/// <summary>The caller lacks the permission that the use case demands.</summary>
public sealed class PermissionDeniedException(Permission permission)
    : Exception($"This needs the permission {permission}.")
{
    /// <summary>The permission that was missing.</summary>
    public Permission Permission { get; } = permission;
}

/// <summary>Answers whether a caller holds a permission now. Implemented by People, asked by every use case first.</summary>
public interface IAccessGuard
{
    /// <summary>What the caller may do at this moment.</summary>
    ValueTask<IReadOnlySet<Permission>> PermissionsOfAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>Forgets what is cached about a person, after their roles changed.</summary>
    void Forget(Guid personId);
}

/// <summary>Shorthands over <see cref="IAccessGuard"/>.</summary>
public static class AccessGuardExtensions
{
    /// <summary>Throws unless the caller holds the permission that <typeparamref name="TUseCase"/> declares.</summary>
    /// <exception cref="PermissionDeniedException">The caller lacks it.</exception>
    public static ValueTask DemandAsync<TUseCase>(this IAccessGuard guard, Caller caller, CancellationToken cancellationToken)
        where TUseCase : IUseCase =>
        guard.DemandAsync(caller, RequiredPermission<TUseCase>.Value, cancellationToken);

    /// <summary>Throws unless the caller holds <paramref name="permission"/>.</summary>
    /// <exception cref="PermissionDeniedException">The caller lacks it.</exception>
    public static async ValueTask DemandAsync(this IAccessGuard guard, Caller caller, Permission permission, CancellationToken cancellationToken)
    {
        if (!await guard.HasAsync(caller, permission, cancellationToken).ConfigureAwait(false))
        {
            throw new PermissionDeniedException(permission);
        }
    }

    /// <summary>Whether the caller holds <paramref name="permission"/> now.</summary>
    public static async ValueTask<bool> HasAsync(this IAccessGuard guard, Caller caller, Permission permission, CancellationToken cancellationToken) =>
        (await guard.PermissionsOfAsync(caller, cancellationToken).ConfigureAwait(false)).Contains(permission);

    private static class RequiredPermission<TUseCase>
    {
        public static readonly Permission Value =
            typeof(TUseCase).GetCustomAttributes(typeof(RequiresAttribute), inherit: false) is [RequiresAttribute requires]
                ? requires.Permission
                : throw new InvalidOperationException($"{typeof(TUseCase).Name} declares no permission.");
    }
}
