public import FactoryAPI
public import FactoryStore

/// What the store knows of an object that decides who may see it.
public enum ObjectAccess: Sendable, Hashable {
    /// A pipeline.
    case pipeline(PipelineAccess)
    /// A run.
    case run(RunAccess)
    /// Something that its owner alone has to do with, and admins.
    case owned(by: String)
    /// A template that somebody published.
    case template(owner: String)
    /// There is none of this id.
    case missing
}

/// What a principal may do with the object of an allowed request.
public enum Grant: Sendable, Hashable {
    /// The request concerns no object of somebody.
    case none
    /// A pipeline, with this role.
    case pipeline(PipelineRole)
    /// A run, with this role.
    case run(RunRole)
}

/// Why a request is refused.
public enum Denial: Error, Sendable, Hashable {
    /// It shows no credential, or none that is known.
    case signInNeeded
    /// The credential has not this scope.
    case scopeMissing(AccessScope)
    /// The credential is restricted to pipelines, and the route concerns none of them.
    case restricted
    /// The account is no admin.
    case adminsOnly
    /// The role on a pipeline that the caller may see is too small.
    case roleMissing(PipelineRole)
    /// Somebody else published the template.
    case notPublisher
    /// The caller may see that the run is, and no more.
    case metadataOnly
    /// There is no such object, or none that the caller may see: the two look the same from outside.
    case notThere
}
